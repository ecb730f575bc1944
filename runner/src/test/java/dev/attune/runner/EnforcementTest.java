package dev.attune.runner;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.CoderException;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.util.IllegalMutationException;
import org.junit.jupiter.api.Test;

class EnforcementTest {
  private static final class ToBytesFn extends DoFn<Integer, byte[]> {
    private final boolean changeAfterOutput;

    ToBytesFn(boolean changeAfterOutput) {
      this.changeAfterOutput = changeAfterOutput;
    }

    @ProcessElement
    public void processElement(@Element Integer element, OutputReceiver<byte[]> out) {
      byte[] bytes = {element.byteValue()};
      out.output(bytes);
      if (changeAfterOutput) {
        bytes[0]++;
      }
    }
  }

  private static final class ChangeFn extends DoFn<byte[], Integer> {
    @ProcessElement
    public void processElement(@Element byte[] element, OutputReceiver<Integer> out) {
      element[0]++;
      out.output((int) element[0]);
    }
  }

  private static Pipeline pipeline(boolean check, boolean changeAfterOutput, boolean changeInput) {
    Pipeline pipeline = LocalPipelines.create(options -> options.setLocalImmutabilityCheck(check));
    var bytes =
        pipeline
            .apply(Create.of(1, 2))
            .apply("ToBytes", ParDo.of(new ToBytesFn(changeAfterOutput)));
    if (changeInput) {
      bytes.apply("Change", ParDo.of(new ChangeFn()));
    }
    return pipeline;
  }

  @Test
  void failsWhenADoFnChangesItsInput() {
    assertThatThrownBy(pipeline(true, false, true)::run)
        .hasCauseInstanceOf(IllegalMutationException.class)
        .hasMessageContaining("The transform Change/ParMultiDo(Change) changed a value of class")
        .hasMessageContaining("A DoFn must not change its input.");
  }

  @Test
  void failsWhenADoFnChangesAnElementOfASource() {
    Pipeline pipeline = LocalPipelines.create(options -> options.setLocalImmutabilityCheck(true));
    pipeline
        .apply(Create.of(new byte[] {1}, new byte[] {2}))
        .apply("Change", ParDo.of(new ChangeFn()));
    assertThatThrownBy(pipeline::run).hasCauseInstanceOf(IllegalMutationException.class);
  }

  @Test
  void passesThePipelineOfTheOtherTests() {
    Pipeline pipeline =
        LocalPipelines.create(
            options -> {
              options.setLocalImmutabilityCheck(true);
              options.setLocalEncodabilityCheck(true);
            });
    MixedPipeline.build(pipeline, "enforced");
    pipeline.run();
    MixedPipeline.check("enforced");
  }

  @Test
  void failsWhenADoFnChangesItsOutput() {
    assertThatThrownBy(pipeline(true, true, false)::run)
        .hasCauseInstanceOf(IllegalMutationException.class)
        .hasMessageContaining("The transform ToBytes/ParMultiDo(ToBytes) changed a value of class")
        .hasMessageContaining("A DoFn must not change a value after it has output it.");
  }

  @Test
  void checksNothingByDefault() {
    assertThatCode(pipeline(false, true, true)::run).doesNotThrowAnyException();
  }

  /** Encodes nothing. */
  private static final class BrokenCoder extends AtomicCoder<String> {
    @Override
    public void encode(String value, OutputStream out) throws CoderException {
      throw new CoderException("cannot encode " + value);
    }

    @Override
    public String decode(InputStream in) throws CoderException {
      throw new CoderException("cannot decode");
    }
  }

  private static final class ToStringFn extends DoFn<Integer, String> {
    @ProcessElement
    public void processElement(@Element Integer element, OutputReceiver<String> out) {
      out.output(String.valueOf(element));
    }
  }

  @Test
  void failsWhenAnElementCannotBeEncoded() {
    Pipeline checked = LocalPipelines.create(options -> options.setLocalEncodabilityCheck(true));
    checked.apply(Create.of(7)).apply(ParDo.of(new ToStringFn())).setCoder(new BrokenCoder());
    assertThatThrownBy(checked::run).hasRootCauseMessage("cannot encode 7");
    Pipeline unchecked = LocalPipelines.create(options -> {});
    unchecked.apply(Create.of(7)).apply(ParDo.of(new ToStringFn())).setCoder(new BrokenCoder());
    assertThatCode(unchecked::run).doesNotThrowAnyException();
  }
}
