package dev.attune.pipeline;

import dev.attune.catalog.BaseModels;
import dev.attune.catalog.ExampleLimits;
import dev.attune.catalog.TokenEstimate;
import dev.attune.config.AttuneConfig;
import dev.attune.config.DatasetConfig;
import dev.attune.config.SourcesConfig;
import dev.attune.pipeline.read.SourceException;
import dev.attune.pipeline.read.feedback.FeedbackDatabase;
import dev.attune.pipeline.read.feedback.FeedbackPlan;
import dev.attune.pipeline.read.file.FileType;
import dev.attune.pipeline.read.file.InputFile;
import dev.attune.pipeline.read.file.InputFiles;
import dev.attune.pipeline.read.generated.ReadGenerated;
import dev.attune.pipeline.read.observation.ReadObservations;
import dev.attune.schema.DatasetManifest;
import dev.attune.schema.DatasetManifest.SourceFile;
import dev.attune.taxonomy.Taxonomy;
import dev.attune.taxonomy.TaxonomyException;
import dev.attune.taxonomy.TaxonomyLoader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is found out before the pipeline is built, in the process that starts it: which files there
 * are and what they hash to, whether the database is there, what the taxonomy says. Everything that
 * can be refused before a record is read is refused here.
 *
 * @param config what was asked for
 * @param taxonomy or null
 * @param feedback what the database was found to hold, or null
 * @param observations files, empty where the source is not configured
 * @param generated files, empty where the source is not configured
 * @param limits what the base model or format takes
 * @param draft the manifest with all counts 0
 */
record Preparation(
    AttuneConfig config,
    @Nullable Taxonomy taxonomy,
    @Nullable FeedbackPlan feedback,
    List<InputFile> observations,
    List<InputFile> generated,
    ExampleLimits limits,
    DatasetManifest draft) {
}
