package dev.attune.pipeline.split;

import static dev.attune.pipeline.example.TestRecord.named;
import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.config.CurationRules.DuplicateRule;
import dev.attune.config.CurationRules.SplitRule;
import dev.attune.pipeline.example.Decision;
import dev.attune.pipeline.example.Identity;
import dev.attune.pipeline.example.Join;
import dev.attune.pipeline.example.RejectionReason;
import dev.attune.pipeline.example.Split;
import dev.attune.pipeline.fixture.ComparedStages;
import dev.attune.pipeline.fixture.ComparedStages.Divided;
import dev.attune.pipeline.nearness.ComparedShingles;
import dev.attune.pipeline.nearness.LeftOut;
import dev.attune.pipeline.nearness.LeftOutByContent;
import dev.attune.pipeline.nearness.Shingled;
import dev.attune.pipeline.nearness.Shingles;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AssignSplitTest {
  private static final SplitRule RULE = new SplitRule(0.3, true, "1");
  private static final DuplicateRule NEAR = new DuplicateRule(true, 0.8);
  private static final DuplicateRule EXACT = new DuplicateRule(false, 0.8);

  @Test
  void decidesNothingOfNothing() {
    for (DuplicateRule rule : List.of(NEAR, EXACT)) {
      Divided none = ComparedStages.assignSplit(List.of(), List.of(), List.of(), RULE, rule, 3);
      assertThat(none.decisions()).isEmpty();
      assertThat(none.refusals()).isEmpty();
      assertThat(none.undivided()).isEmpty();
      assertThat(none.together()).isEmpty();
      assertThat(none.notes()).isEmpty();
      assertThat(none.leftOut()).allMatch(new LeftOutByContent()::equals);
    }
  }

  @Test
  void putsDuplicatesAndJoinedRecordsWhereTheirUnitGoes() {
    List<Identity> identities = new ArrayList<>();
    List<Join> joins = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      identities.add(named("feedback:" + i).group("g" + i % 30).identity());
    }
    Identity child = named("generated:1").parent("feedback:0").identity();
    identities.add(child);
    joins.add(new Join(child.node(), identities.get(0).node(), Join.Cause.PARENT));
    identities.add(
        named("feedback:x").identity().dropped(RejectionReason.EXACT_DUPLICATE, identities.get(1)));

    Divided divided = ComparedStages.assignSplit(identities, joins, List.of(), RULE, EXACT, 4);
    assertThat(divided.decisions()).hasSize(identities.size());
    for (int i = 0; i < 30; i++) {
      Decision one = of(identities.get(i), divided);
      assertThat(one.split()).isNotNull().isEqualTo(of(identities.get(i + 30), divided).split());
      assertThat(one.reason()).isNull();
    }
    assertThat(divided.decisions())
        .extracting(Decision::split)
        .contains(Split.TRAINING, Split.VALIDATION);
    assertThat(of(child, divided).split()).isEqualTo(of(identities.get(0), divided).split());
    assertThat(of(child, divided).cluster()).isEqualTo("feedback:0");
    Decision dropped = of(identities.get(61), divided);
    assertThat(dropped.split()).isNull();
    assertThat(dropped.reason()).isEqualTo(RejectionReason.EXACT_DUPLICATE);
    assertThat(dropped.duplicateOf()).isEqualTo("feedback:1");
    assertThat(divided.refusals()).isEmpty();
    assertThat(divided.undivided()).isEmpty();
    assertThat(divided.together()).singleElement().asString().contains("feedback:0");
  }

  @Test
  void saysWhyThereIsNoValidationWhereAllIsOneUnit() {
    List<Identity> identities = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      identities.add(named("feedback:" + i).group("g").identity());
    }
    Divided divided = ComparedStages.assignSplit(identities, List.of(), List.of(), RULE, NEAR, 2);
    assertThat(divided.decisions()).hasSize(9).allMatch(each -> each.split() == Split.TRAINING);
    assertThat(divided.undivided()).singleElement().asString().startsWith("9 of 9 examples");
  }

  @Test
  void rejectsWhatIsMoreThanTrainingTakes() {
    List<Identity> identities = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      identities.add(named("feedback:" + i).identity());
    }
    Divided divided =
        ComparedStages.assignSplit(identities, List.of(), List.of(), RULE, EXACT, 3, 10);
    assertThat(divided.decisions()).hasSize(50);
    assertThat(divided.decisions().stream().filter(d -> d.split() == Split.TRAINING)).hasSize(10);
    assertThat(divided.decisions().stream().filter(d -> d.split() == null))
        .isNotEmpty()
        .allMatch(each -> each.reason() == RejectionReason.OVER_CAPACITY);
  }

  @Test
  void passesOnWhatIsLeftOutOfTheTextsInValidation() {
    Shingles template = Shingles.of("how are you today");
    LeftOut left = new LeftOut(List.of(template));
    List<Identity> identities = new ArrayList<>();
    List<Shingled> shingles = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      Identity identity = named("feedback:" + i).identity();
      identities.add(identity);
      shingles.add(
          new Shingled(
              identity.content(),
              identity.keys().prompt(),
              ComparedShingles.ofPrompt(Shingles.of("text " + i + " has words" + i).with(template)),
              null,
              false,
              i % 2 == 0 ? left : LeftOut.NONE));
    }
    Divided divided = ComparedStages.assignSplit(identities, List.of(), shingles, RULE, NEAR, 3);
    assertThat(divided.decisions()).hasSize(40);
    LeftOutByContent expected = new LeftOutByContent();
    for (int i = 0; i < 40; i += 2) {
      if (of(identities.get(i), divided).split() == Split.VALIDATION) {
        expected.put(identities.get(i).content(), left);
      }
    }
    assertThat(expected).isNotEqualTo(new LeftOutByContent());
    assertThat(divided.leftOut()).containsExactly(expected);

    Divided exact = ComparedStages.assignSplit(identities, List.of(), shingles, RULE, EXACT, 3);
    assertThat(exact.leftOut()).isEmpty();
  }

  private static Decision of(Identity identity, Divided divided) {
    return divided.decisions().stream()
        .filter(decision -> decision.record().equals(identity.rank().record()))
        .findFirst()
        .orElseThrow();
  }
}
