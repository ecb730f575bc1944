package dev.attune.launcher.improve;

import dev.attune.config.AttuneConfig;
import dev.attune.config.DatasetConfig;
import dev.attune.config.SourcesConfig.Feedback;
import dev.attune.config.Task;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.FailureCode;
import dev.attune.launcher.console.ReportedFault;
import dev.attune.launcher.console.ResumeHint;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.console.progress.Amount;
import dev.attune.launcher.console.progress.Progress;
import dev.attune.launcher.session.ModelFailure;
import dev.attune.launcher.session.ModelSession;
import dev.attune.launcher.session.PlannedRequests;
import dev.attune.message.Messages;
import dev.attune.models.ModelException;
import dev.attune.models.ModelRequest;
import dev.attune.models.TextModel;
import dev.attune.pipeline.FindUnimproved;
import dev.attune.pipeline.prepare.ImproveRequest;
import dev.attune.pipeline.prepare.PrepareClusterException;
import dev.attune.pipeline.prepare.PrepareProgress;
import dev.attune.pipeline.prepare.PrepareRefusedException;
import dev.attune.pipeline.prepare.PrepareStage;
import dev.attune.pipeline.selection.SelectedRows;
import dev.attune.pipeline.stage.RowVersion;
import dev.attune.pipeline.stage.UnimprovedRow;
import dev.attune.place.Place;
import dev.attune.taxonomy.Taxonomy;
import dev.attune.taxonomy.TaxonomyException;
import dev.attune.taxonomy.TaxonomyLoader;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One {@code attune improve}: finds the rows, agrees on the cost, asks, checks, has the answers
 * judged, and writes the files at the end. A command that ended before repeats nothing that was
 * answered: the session keeps answers.
 */
public final class ImproveRun {
  /** The pipeline that finds the rows. */
  @FunctionalInterface
  public interface RowSelection {
    /** Runs and waits; see {@link FindUnimproved#run}. */
    SelectedRows select(ImproveRequest request, PrepareProgress progress)
        throws PrepareRefusedException;
  }

  private final ImproveOrder order;
  private final ModelSession session;
  private final RowSelection selection;
  private final Shell shell;

  public ImproveRun(ImproveOrder order, ModelSession session, Shell shell) {
    this(order, session, FindUnimproved::run, shell);
  }

  ImproveRun(ImproveOrder order, ModelSession session, RowSelection selection, Shell shell) {
    this.order = order;
    this.session = session;
    this.selection = selection;
    this.shell = shell;
  }

  /**
   * Runs it.
   *
   * @throws CommandFailure if a source cannot be read, the cost is refused, or a model does not
   *     answer; nothing is written then
   */
  public ImproveResult run() throws CommandFailure, IOException, InterruptedException {
    AttuneConfig config = order.config();
    Feedback feedback =
        Objects.requireNonNull(config.dataset().sources().feedback()).awaitingImprovements();
    ImproveFiles files =
        ImproveFiles.of(Objects.requireNonNull(feedback.improvements()), config.folder());
    RowImprover improver = improver();
    String setup = improver.setup();
    List<RowVersion> before = order.fresh() ? List.of() : files.rejectedBefore(setup);
    SelectedRows selected = select(before);
    if (selected.rows().isEmpty()) {
      return ImproveResult.nothing(before.size());
    }
    BigDecimal spentBefore = session.spent();
    session.agree(planned(improver, selected.rows()));
    List<RowResult> results = ask(improver, selected.rows());
    return ImproveResult.of(
        selected.found(),
        results,
        before.size(),
        session.spent().subtract(spentBefore),
        files.write(results, setup, shell));
  }

  private RowImprover improver() throws CommandFailure, IOException {
    DatasetConfig dataset = order.config().dataset();
    TextModel writer = session.model(order.model());
    String judge = order.judge();
    return new RowImprover(
        writer,
        new ImproveRequests(
            dataset.systemInstruction(), taxonomy(), session.sampling(order.model())),
        new AnswerCheck(taxonomy(), judge != null),
        judge == null
            ? null
            : new ImproveJudge(
                session.model(judge), session.sampling(judge), dataset.systemInstruction(), writer),
        dataset.rules().limits().recordBytes());
  }

  /** Returns the taxonomy of a classification dataset, or null. */
  private @Nullable Taxonomy taxonomy() throws CommandFailure, IOException {
    DatasetConfig dataset = order.config().dataset();
    String typed = dataset.taxonomy();
    if (dataset.task() != Task.CLASSIFICATION || typed == null) {
      return null;
    }
    Place file = order.config().resolve(typed);
    try {
      return TaxonomyLoader.load(file.readAllBytes(), typed);
    } catch (NoSuchFileException e) {
      throw new CommandFailure(
          FailureCode.CONFIGURATION, Messages.of("launcher.improve.no-taxonomy", typed), e);
    } catch (TaxonomyException e) {
      throw new CommandFailure(
          FailureCode.CONFIGURATION,
          e.faults(),
          Messages.of("launcher.improve.taxonomy-faulty", typed),
          e);
    }
  }

  private SelectedRows select(List<RowVersion> before) throws CommandFailure {
    ImproveRequest request =
        new ImproveRequest(order.config(), shell.environment(), order.limit(), before, null);
    try (Progress progress = Progress.start(shell, "Looking for low-rated feedback", Amount.NONE)) {
      return selection.select(
          request,
          (stage, done, total) -> {
            if (stage == PrepareStage.READ) {
              progress.accept(done, new Amount("rows", total, true));
            }
          });
    } catch (PrepareClusterException lost) {
      throw new CommandFailure(FailureCode.UNAVAILABLE, String.valueOf(lost.getMessage()), lost);
    } catch (PrepareRefusedException refused) {
      throw new CommandFailure(
          FailureCode.SOURCE,
          refused.faults(),
          refused.faults().stream().map(ReportedFault::of).toList(),
          String.valueOf(refused.getMessage()),
          refused);
    }
  }

  private List<PlannedRequests> planned(RowImprover improver, List<UnimprovedRow> rows) {
    List<ModelRequest> writing = rows.stream().map(improver::writing).toList();
    List<PlannedRequests> planned = new ArrayList<>();
    planned.add(new PlannedRequests(order.model(), writing));
    String judge = order.judge();
    if (judge != null) {
      planned.add(
          new PlannedRequests(
              judge, rows.stream().flatMap(row -> improver.judging(row).stream()).toList()));
    }
    return planned;
  }

  private List<RowResult> ask(RowImprover improver, List<UnimprovedRow> rows)
      throws CommandFailure, IOException, InterruptedException {
    ResumeHint hint = ResumeHint.during(() -> Messages.of("launcher.improve.interrupted"));
    try (Progress progress =
        Progress.start(shell, "Asking for better answers", Amount.of(rows.size(), "rows"))) {
      return RowWorkers.all(rows, session.parallelism(order.model()), improver::improve, progress);
    } catch (ModelException e) {
      throw new CommandFailure(
          ModelFailure.of(e).code(),
          Messages.of("launcher.improve.stopped", String.valueOf(e.getMessage())),
          e);
    } finally {
      hint.close();
    }
  }
}
