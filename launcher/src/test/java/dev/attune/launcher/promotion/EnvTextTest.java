package dev.attune.launcher.promotion;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvTextTest {
  private static final String ID = "local:3fa9-1";

  private static String set(String text) {
    byte[] changed = new EnvText(text.getBytes(StandardCharsets.UTF_8)).with(ID);
    String result = new String(changed, StandardCharsets.UTF_8);
    EnvText again = new EnvText(changed);
    assertThat(again.value()).isEqualTo(ID);
    assertThat(again.with(ID)).isEqualTo(changed);
    return result;
  }

  /**
   * {@code ID} is the variable, {@code \n} and so on are what they are in Java, {@code _} is
   * nothing.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      ignoreLeadingAndTrailingWhitespace = false,
      textBlock =
          """
          ID=old|ID=new
          ID=old\\n|ID=new\\n
          A=1\\nID=old\\nB=2\\n|A=1\\nID=new\\nB=2\\n
          A=1\\r\\nID=old\\r\\nB=2\\r\\n|A=1\\r\\nID=new\\r\\nB=2\\r\\n
          A=1\\n\\n\\nID=\\n\\n|A=1\\n\\n\\nID=new\\n\\n
          export ID=old\\n|export ID=new\\n
          \\t export\\t ID =  old \\t\\n|\\t export\\t ID =  new\\n
          ID="old"\\n|ID=new\\n
          ID='old' # why\\n|ID=new\\n
          ID='new' # why\\n|ID='new' # why\\n
          ID=old # set by hand\\n|ID=new\\n
          ID=1\\nA=1\\nID="2"\\n|ID=new\\nA=1\\nID=new\\n
          A='p$ss"w#rd'\\nB=ü€\\nID=old\\n|A='p$ss"w#rd'\\nB=ü€\\nID=new\\n
          # ID=old\\n|# ID=old\\nID=new\\n
          MY_ID=1\\nID_2=2\\n|MY_ID=1\\nID_2=2\\nID=new\\n
          id=1\\n|id=1\\nID=new\\n
          ID\\n|ID\\nID=new\\n
          what is this\\n=x\\n|what is this\\n=x\\nID=new\\n
          A=1|A=1\\nID=new\\n
          A=1\\r\\nB=2|A=1\\r\\nB=2\\r\\nID=new\\r\\n
          \\n|\\nID=new\\n
          _|ID=new\\n
          """)
  void setsTheLinesOfTheVariableAndKeepsEveryOtherByte(String before, String after) {
    assertThat(set(meant(before).replace("new", ID))).isEqualTo(meant(after).replace("new", ID));
  }

  @Test
  void keepsBytesThatAreNoUtf8() {
    byte[] latin = "A=\u00e9\u00ff\nFINETUNED_MODEL_ID=x\n".getBytes(StandardCharsets.ISO_8859_1);
    assertThat(new EnvText(latin).with("y"))
        .isEqualTo("A=\u00e9\u00ff\nFINETUNED_MODEL_ID=y\n".getBytes(StandardCharsets.ISO_8859_1));
  }

  @Test
  void readsTheLastLineWithoutItsQuotes() {
    assertThat(value("FINETUNED_MODEL_ID=a\nFINETUNED_MODEL_ID='b' # c\n")).isEqualTo("b");
    assertThat(value("FINETUNED_MODEL_ID=\n")).isEmpty();
    assertThat(value("A=1\n")).isNull();
  }

  private static @Nullable String value(String text) {
    return new EnvText(text.getBytes(StandardCharsets.UTF_8)).value();
  }

  private static String meant(String written) {
    return written.equals("_")
        ? ""
        : written
            .replace("\\n", "\n")
            .replace("\\r", "\r")
            .replace("\\t", "\t")
            .replaceAll("\\bID\\b", EnvFile.VARIABLE);
  }
}
