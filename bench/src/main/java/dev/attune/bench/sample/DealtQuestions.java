package dev.attune.bench.sample;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The questions of the demo's acts.
 *
 * @param first the questions of the first act by category
 * @param second the questions of the second act
 * @param spare the questions of faulty records
 */
record DealtQuestions(
    Map<String, List<BankQuestion>> first, List<BankQuestion> second, List<BankQuestion> spare) {
  /** Categories with few questions in the first act. */
  private static final List<String> THIN =
      List.of("exchange_rate", "lost_or_stolen_card", "terminate_account");

  private static final int THIN_IN_FIRST_ACT = 12;
  private static final double SHARE_OF_FIRST_ACT = 0.9;

  /** The number of spare questions of each other category. */
  private static final int SPARE = 4;

  /** The first byte of the hash for the order of the other questions. */
  private static final int ORDER = 5;

  /** Categories, and personal data that is added to one of their questions. */
  private static final List<Map.Entry<String, String>> CONTACTS =
      List.of(
          Map.entry("verify_my_identity", " My address is jo.king@example.com."),
          Map.entry("verify_my_identity", " Please write to m.okafor@example.org."),
          Map.entry("top_up_failed", " You can call me on 01632 960123."),
          Map.entry("request_refund", " My IBAN is GB33BUKB20201555555555."),
          Map.entry("lost_or_stolen_card", " The number is 4111 1111 1111 1111."),
          Map.entry("activate_my_card", " The card is 5555 5555 5555 4444."));

  /** Distributes the questions. */
  static DealtQuestions of(List<BankQuestion> questions) {
    Map<String, List<BankQuestion>> first = new LinkedHashMap<>();
    List<BankQuestion> second = new ArrayList<>();
    List<BankQuestion> spare = new ArrayList<>();
    for (String category : BankTopics.NAMES.keySet()) {
      List<BankQuestion> all =
          questions.stream().filter(one -> one.category().equals(category)).toList();
      boolean isThin = THIN.contains(category);
      int used = all.size() - (isThin ? 0 : SPARE);
      int inFirst = isThin ? THIN_IN_FIRST_ACT : (int) (SHARE_OF_FIRST_ACT * used);
      first.put(category, new ArrayList<>(all.subList(0, inFirst)));
      second.addAll(all.subList(inFirst, used));
      spare.addAll(all.subList(used, all.size()));
    }
    second.sort(BankQuestion.byHash(ORDER));
    spare.sort(BankQuestion.byHash(ORDER));
    for (int i = 0; i < CONTACTS.size(); i++) {
      String contact = CONTACTS.get(i).getValue();
      List<BankQuestion> asked = Objects.requireNonNull(first.get(CONTACTS.get(i).getKey()));
      asked.set(i, asked.get(i).with(contact));
    }
    return new DealtQuestions(first, second, spare);
  }
}
