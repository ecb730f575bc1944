package dev.attune.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostileYamlTest {
  @Property(tries = 2000)
  void anyTextIsAConfigurationOrAConfigException(@ForAll String yaml) {
    throwsNothingElse(yaml);
  }

  @Property(tries = 3000)
  void anyTextOfYamlsOwnSignsIsAConfigurationOrAConfigException(@ForAll("yamlish") String yaml) {
    throwsNothingElse(yaml);
  }

  @Provide
  Arbitrary<String> yamlish() {
    return Arbitraries.of(
            "dataset: a\n",
            "task:",
            "sources",
            ":",
            " ",
            "\n",
            "  ",
            "- ",
            "{",
            "}",
            "[",
            "]",
            "&a ",
            "*a",
            "<<: *a",
            "? ",
            "!",
            "!!int ",
            "!!binary ",
            "!%ff",
            "|",
            ">",
            "'",
            "\"",
            "\\x",
            "\\uD800",
            "\\0",
            "#",
            "---\n",
            "...\n",
            "%YAML 1.1\n",
            "%TAG ! x\n",
            "1e9",
            "9.9e999",
            ".inf",
            ".nan",
            "0x1F",
            "1_0",
            "12:30",
            "~",
            "true",
            "null",
            "2026-01-01",
            "\t",
            "\r",
            "\uFEFF",
            "\u0000",
            "\uD83D",
            "=",
            "files",
            ",",
            "@",
            "`")
        .list()
        .ofMaxSize(30)
        .map(parts -> String.join("", parts));
  }

  @Property(tries = 2000)
  void anyChangeOfOnePlaceOfTheExampleIsAConfigurationOrAConfigException(
      @ForAll("yamlish") String noise, @ForAll int at) {
    String yaml = Yaml.contract();
    int place = Math.floorMod(at, yaml.length());
    throwsNothingElse(yaml.substring(0, place) + noise + yaml.substring(place));
  }

  private static void throwsNothingElse(String yaml) {
    try {
      ConfigLoader.parse(yaml, "attune.yaml");
    } catch (ConfigException e) {
      assertThat(e.faults()).isNotEmpty().allMatch(fault -> fault.line() > 0);
      assertThat(String.valueOf(e.getMessage()).lines())
          .allMatch(line -> line.chars().noneMatch(c -> c < ' '));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n\n", "# nothing\n", "---\n"})
  void callsAFileOfNothingEmptyOrWithoutValue(String yaml) {
    assertThat(Yaml.faults(yaml)).hasSize(1);
  }

  @Test
  void refusesAnythingButAMap() {
    assertThat(Yaml.faults("- dataset\n- task\n"))
        .containsExactly("attune.yaml:1: the file is a list, must be a map of keys");
    assertThat(Yaml.faults("\n\ndataset\n"))
        .containsExactly("attune.yaml:3: the file is text, must be a map of keys");
  }

  @Test
  void refusesTabsAsIndentation() {
    assertThat(Yaml.faults("dataset: a\nsources:\n\tgenerated: x\n"))
        .containsExactly(
            "attune.yaml:3: this is not valid YAML from column 1 on: a tab where only blanks are"
                + " allowed");
  }

  @Test
  void refusesTenThousandBraces() {
    assertThat(Yaml.faults("{".repeat(10_000)))
        .containsExactly(
            "attune.yaml:1: this is not valid YAML: it is nested too deep, too long, or uses too"
                + " many aliases");
    assertThat(Yaml.faults("a: " + "[".repeat(10_000) + "]".repeat(10_000)))
        .containsExactly(
            "attune.yaml:1: this is not valid YAML: it is nested too deep, too long, or uses too"
                + " many aliases");
  }

  @Test
  void refusesAliasesOfAliases() {
    StringBuilder yaml = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 10; i++) {
      yaml.append("a%d: &a%d [%s]\n".formatted(i, i, ("*a" + (i - 1) + ",").repeat(10)));
    }

    assertThat(Yaml.faults(yaml.toString()))
        .hasSize(1)
        .allMatch(fault -> fault.contains("too many aliases"));
  }

  @Test
  void refusesAnAliasOfWhatItStandsIn() {
    assertThat(Yaml.faults("sources: &a [*a]\n")).isNotEmpty();
    assertThat(Yaml.faults("sources: &a {generated: *a}\n")).isNotEmpty();
    assertThat(Yaml.faults("&a {*a : 1}\n")).isNotEmpty();
  }

  @Test
  void neverQuotesTheNameOfAnUnknownAliasWhichMayBeAPassword() {
    assertThat(Yaml.faults("password: *hunter2\n").toString()).doesNotContain("hunter2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%YAML 99999999999.1\n---\na: b\n",
        "a: \"\\UFFFFFFFF\"\n",
        "a: \"\\U00110000\"\n",
        "a: !<%C0%80> b\n",
        "a: 1\u0007\n",
        "a: 1\n---\nb: 2\n",
      })
  void refusesWhatTheScannerCannotRead(String yaml) {
    assertThat(Yaml.faults(yaml)).hasSize(1);
  }

  @Test
  void refusesTextThatIsNotUnicode() {
    List<String> faults = Yaml.faults(Yaml.LEAST + "systemInstruction: \"\\uD800\"\n");

    assertThat(faults)
        .containsExactly(
            "attune.yaml:5: \"systemInstruction\" holds \\0 or half of a surrogate pair");

    assertThat(Yaml.faults(Yaml.LEAST.replaceFirst("files: .*]", "files: [\"a\\\\0b.jsonl\"]")))
        .singleElement()
        .asString()
        .endsWith(": an element of \"files\" holds \\0 or half of a surrogate pair");
  }

  @Test
  void endsDatasetNamesWhereTheyEnd() {
    assertThat(Yaml.faults(Yaml.LEAST.replace("talk", "\"talk\\n\""))).hasSize(1);
    assertThat(Yaml.faults(Yaml.LEAST.replace("talk", "../talk"))).hasSize(1);
  }

  @Test
  void readsAMegabyteOfUnknownKeysInReasonableTime() {
    StringBuilder yaml = new StringBuilder(Yaml.LEAST);
    for (int i = 0; i < 50_000; i++) {
      yaml.append("k").append(i).append(": 1\n");
    }
    assertThatCode(() -> Yaml.faults(yaml.toString())).doesNotThrowAnyException();
  }
}
