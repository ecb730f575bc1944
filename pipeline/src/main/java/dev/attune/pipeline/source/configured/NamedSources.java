package dev.attune.pipeline.source.configured;

import dev.attune.config.ConfigFault;
import dev.attune.config.NamedFiles;
import dev.attune.config.NamedFiles.Named;
import dev.attune.pipeline.source.SourceException;
import dev.attune.pipeline.source.feedback.improvement.ImprovementFiles;
import dev.attune.pipeline.source.file.HeadCheck;
import dev.attune.pipeline.source.file.find.FoundFiles;
import dev.attune.pipeline.source.file.find.InputFiles;
import dev.attune.pipeline.source.file.head.HeadFault;
import dev.attune.pipeline.source.file.storage.FileType;
import dev.attune.pipeline.source.file.storage.FoundFile;
import dev.attune.pipeline.source.generated.ReadGenerated;
import dev.attune.pipeline.source.observation.ReadObservations;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The files that a configuration names. Only their first bytes are read, so that faults of the
 * largest file are reported at once.
 */
public final class NamedSources {
  private final NamedFiles named;
  private final List<ConfigFault> faults = new ArrayList<>();
  private final FoundFiles observations;
  private final FoundFiles generated;
  private @Nullable TaxonomyFile taxonomy;
  private @Nullable SourceException taxonomyFault;

  private NamedSources(NamedFiles named) {
    this.named = named;
    loadTaxonomy();
    List<@Nullable String> columns = new ArrayList<>();
    named.columns().forEach(column -> columns.add(column == null ? null : column.text()));
    HeadCheck csv = new HeadCheck(named.separator(), columns);
    HeadCheck lines = new HeadCheck(null, List.of());
    this.observations = find(named.observations(), ReadObservations.fileTypes(), csv);
    this.generated = find(named.generated(), ReadGenerated.fileTypes(), lines);
    Named improvements = named.improvements();
    if (improvements != null) {
      checked(
          ImprovementFiles.find(improvements.text(), named.folder(), named.awaitsImprovements()),
          List.of(improvements),
          lines);
    }
  }

  /** Finds the files and checks their first bytes. */
  public static NamedSources find(NamedFiles named) {
    return new NamedSources(named);
  }

  /** Returns all faults, ordered by line. */
  public List<ConfigFault> faults() {
    List<ConfigFault> all = new ArrayList<>(faults);
    if (taxonomyFault != null) {
      all.addAll(faultsOf(taxonomyFault));
    }
    all.sort(ConfigFault.ORDER);
    return all;
  }

  /**
   * Requires that there are no faults.
   *
   * @throws SourceException with all faults
   */
  public void refuseFaults() throws SourceException {
    if (taxonomyFault != null && faults.isEmpty() && !taxonomyFault.faults().isEmpty()) {
      throw taxonomyFault;
    }
    List<ConfigFault> all = faults();
    if (!all.isEmpty()) {
      throw SourceException.ofConfig(all, named.place());
    }
  }

  public FoundFiles observations() {
    return observations;
  }

  public FoundFiles generated() {
    return generated;
  }

  /** Returns the taxonomy, or null if the configuration names none. */
  public @Nullable TaxonomyFile taxonomy() {
    return taxonomy;
  }

  private void loadTaxonomy() {
    Named name = named.taxonomy();
    if (name != null) {
      try {
        taxonomy = TaxonomyFile.load(name.text(), named.folder());
      } catch (SourceException e) {
        taxonomyFault = e;
      }
    }
  }

  private List<ConfigFault> faultsOf(SourceException refused) {
    Named name = named.taxonomy();
    List<String> sentences =
        refused.faults().isEmpty()
            ? List.of(String.valueOf(refused.getMessage()))
            : refused.faults();
    return name == null ? List.of() : sentences.stream().map(name::fault).toList();
  }

  private FoundFiles find(List<Named> patterns, Set<FileType> types, HeadCheck check) {
    return checked(
        InputFiles.find(patterns.stream().map(Named::text).toList(), named.folder(), types),
        patterns,
        check);
  }

  private FoundFiles checked(FoundFiles found, List<Named> patterns, HeadCheck check) {
    for (FoundFiles.Fault fault : found.faults()) {
      faults.add(patterns.get(fault.pattern()).fault(fault.sentence()));
    }
    List<FoundFile> sized = new ArrayList<>();
    Iterator<HeadCheck.Result> results = check.all(found.files()).iterator();
    for (FoundFile file : found.files()) {
      HeadCheck.Result result = results.next();
      result
          .fault()
          .ifPresent(
              fault ->
                  faults.add(
                      place(fault, patterns.get(file.pattern()))
                          .fault(file.name() + ": " + fault.sentence())));
      // The lines of a file of this machine are counted when it is surveyed.
      sized.add(file.pin() == null ? file : file.withLines(result.lineBytes()));
    }
    return new FoundFiles(sized, found.faults());
  }

  /** Returns the key at fault: of a column its mapping, otherwise the file's pattern. */
  private Named place(HeadFault fault, Named pattern) {
    Named column = fault.column() < 0 ? null : named.columns().get(fault.column());
    return column == null ? pattern : column;
  }
}
