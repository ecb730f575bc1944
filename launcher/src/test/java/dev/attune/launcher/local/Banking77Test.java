package dev.attune.launcher.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.attune.config.ConfigLoader;
import dev.attune.config.OutputFormat;
import dev.attune.config.TuningConfig.Hyperparameters;
import dev.attune.format.ExampleFormat;
import dev.attune.format.provider.ExampleFormats;
import dev.attune.launcher.console.TestShell;
import dev.attune.launcher.dataset.DatasetDirectory;
import dev.attune.launcher.evaluation.AskedModel;
import dev.attune.launcher.tuning.BackEndJob;
import dev.attune.launcher.tuning.TuningSpec;
import dev.attune.pipeline.PrepareDataset;
import dev.attune.pipeline.PrepareRequest;
import dev.attune.schema.ExampleLine;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the baseline makes of 13,083 real questions of a bank's customers, in 77 categories. */
class Banking77Test {
}
