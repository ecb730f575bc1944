package dev.attune.pipeline.source.feedback.improvement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImprovementLineTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"id\": 17, \"response\": \"better\"}",
        "{\"response\": \"better\", \"id\": \"17\", \"model\": \"gemini\"}"
      })
  void takesIdsThatAreTextsOrWholeNumbers(String line) throws ImprovementLine.FaultException {
    assertThat(ImprovementLine.parse(line)).isEqualTo(new ImprovementLine("17", null, "better"));
  }

  @Test
  void takesTheVersionOfTheRow() throws ImprovementLine.FaultException {
    String basis = "0123456789abcdef".repeat(2);

    assertThat(
            ImprovementLine.parse(
                "{\"id\": 17, \"basis\": \"" + basis + "\", \"response\": \"better\"}"))
        .isEqualTo(new ImprovementLine("17", basis, "better"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"id\": 17| is not valid JSON",
        "{\"id\": 17, \"id\": 18, \"response\": \"b\"}| is not valid JSON",
        "[17]| is not a JSON object",
        "null| is not a JSON object",
        "{\"id\": 17, \"response\": \"b\"} {}| has content after the object",
        "{\"id\": 1.5, \"response\": \"b\"}| has a value of another type than text in id",
        "{\"id\": 17, \"response\": null}| has a value of another type than text in response",
        "{\"id\": 17, \"response\": \"b\", \"model\": 1}| has a value of another type than text in"
            + " model",
        "{\"id\": 17, \"response\": \" \"}| has no response",
        "{\"id\": \"\", \"response\": \"b\"}| has no id",
        "{\"response\": \"b\"}| has no id",
        "{\"id\": 17, \"response\": \"b\", \"basis\": null}| has a value of another type than text"
            + " in basis",
        "{\"id\": 17, \"response\": \"b\", \"basis\": \"0123456789ABCDEF0123456789ABCDEF\"}| has a"
            + " basis that is not 32 of the digits 0 to 9 and a to f",
        "{\"id\": 17, \"response\": \"b\", \"basis\": \"0123\"}| has a basis that is not 32 of the"
            + " digits 0 to 9 and a to f",
        "{\"id\": 17, \"response\": \"\\ud83d\"}| has half a surrogate pair in response"
      })
  void saysWhatIsWrongWithoutQuotingTheLine(String line, String fault) {
    assertThatThrownBy(() -> ImprovementLine.parse(line))
        .isInstanceOf(ImprovementLine.FaultException.class)
        .hasMessage(fault);
  }

  @Test
  void skipsOtherKeysWhateverTheirValue() throws ImprovementLine.FaultException {
    assertThat(
            ImprovementLine.parse(
                "{\"judge\": {\"id\": [1, {}]}, \"id\": 17, \"response\": \"b\", \"x\": null}"))
        .isEqualTo(new ImprovementLine("17", null, "b"));
  }
}
