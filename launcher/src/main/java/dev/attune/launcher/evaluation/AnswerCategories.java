package dev.attune.launcher.evaluation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.FailureCode;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.dataset.DatasetDirectory;
import dev.attune.launcher.evaluation.question.Question;
import dev.attune.message.Messages;
import dev.attune.place.Place;
import dev.attune.schema.CanonicalJson;
import dev.attune.schema.Printable;
import dev.attune.taxonomy.Answer;
import dev.attune.taxonomy.Category;
import dev.attune.taxonomy.Taxonomy;
import dev.attune.taxonomy.TaxonomyException;
import dev.attune.taxonomy.TaxonomyLoader;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Recognises categories in answers by their ids, names and aliases, ignoring case and white space:
 * first in the whole answer, then in its parts between commas. An answer with any other text is
 * invalid.
 */
public final class AnswerCategories {
  private final Taxonomy taxonomy;

  public AnswerCategories(Taxonomy taxonomy) {
    this.taxonomy = taxonomy;
  }

  /**
   * Returns the categories of a dataset.
   *
   * @param taxonomy the taxonomy file, or null to recognise only the ids of the dataset's
   *     categories
   * @throws CommandFailure if the file is missing or faulty, or lacks a category of the dataset
   */
  public static AnswerCategories of(DatasetDirectory dataset, @Nullable Place taxonomy, Shell shell)
      throws CommandFailure, IOException {
    ArrayNode ids = JsonNodeFactory.instance.arrayNode();
    dataset.manifest().categories().keySet().forEach(ids::add);
    if (taxonomy == null) {
      return new AnswerCategories(TaxonomyLoader.load(CanonicalJson.pretty(ids), "manifest.json"));
    }
    Taxonomy known = load(taxonomy, shell);
    for (String id : dataset.manifest().categories().keySet()) {
      if (known.categories().stream().map(Category::id).noneMatch(id::equals)) {
        throw refusal(
            Messages.of(
                "launcher.evaluation.category-missing",
                shell.show(taxonomy),
                Printable.shortened(id),
                shell.show(dataset.path())),
            null);
      }
    }
    return new AnswerCategories(known);
  }

  private static Taxonomy load(Place file, Shell shell) throws CommandFailure, IOException {
    String name = shell.show(file);
    if (file.isFolder()) {
      throw refusal(Messages.of("launcher.evaluation.taxonomy-folder", name), null);
    }
    try {
      return TaxonomyLoader.load(file.readAllBytes(), name);
    } catch (NoSuchFileException e) {
      throw refusal(Messages.of("launcher.evaluation.taxonomy-gone", name), e);
    } catch (TaxonomyException e) {
      throw new CommandFailure(
          FailureCode.CONFIGURATION,
          e.faults(),
          Messages.of("launcher.evaluation.taxonomy-faulty", name),
          e);
    }
  }

  /** Returns all ids in the order of the taxonomy. */
  public List<String> ids() {
    return taxonomy.categories().stream().map(Category::id).toList();
  }

  /** Returns the display name of a category. */
  public String name(String id) {
    return taxonomy.categories().get(taxonomy.order(id)).name();
  }

  /** Returns the ids in an answer in the order of the taxonomy; empty if the answer is invalid. */
  public List<String> meaning(String answer) {
    return taxonomy.recogniseAnswer(answer) instanceof Answer.Known known ? known.ids() : List.of();
  }

  /**
   * Returns the ids in the example's own answer.
   *
   * @throws CommandFailure if that answer is invalid
   */
  public List<String> truth(Question question) throws CommandFailure {
    List<String> truth = meaning(question.example().answer());
    if (truth.isEmpty()) {
      throw refusal(Messages.of("launcher.evaluation.no-categories", question.line()), null);
    }
    return truth;
  }

  private static CommandFailure refusal(String sentence, @Nullable Throwable cause) {
    return new CommandFailure(FailureCode.CONFIGURATION, sentence, cause);
  }
}
