package dev.attune.models.spending;

import static dev.attune.models.ScriptedAdapter.reply;
import static dev.attune.models.ScriptedAdapter.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attune.catalog.TextModelPrice;
import dev.attune.config.textmodel.ModelConfig.TokenPrice;
import dev.attune.models.ModelException;
import dev.attune.models.ModelException.Kind;
import dev.attune.models.ScriptedAdapter;
import dev.attune.models.Usage;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class BudgetTest {
  /** An answer of 10 and 5 tokens costs 20; at most 100 tokens of answer cost 200. */
  private static final TextModelPrice PRICE =
      TextModelPrice.of(
          new TokenPrice(
              new BigDecimal("1000000"), new BigDecimal("100000"), new BigDecimal("2000000")),
          "test");

  private static BudgetedModel model(
      @Nullable String cap, ScriptedAdapter adapter, TextModelPrice price) {
    return new BudgetedModel(adapter, price, new Budget(cap == null ? null : new BigDecimal(cap)));
  }

  @Test
  void chargesWhatTheUsageCosts() throws Exception {
    Budget budget = new Budget(null);
    BudgetedModel model =
        new BudgetedModel(new ScriptedAdapter((request, call) -> reply("answer")), PRICE, budget);

    model.ask(request("q"));
    model.stream(request("q"), more -> {});

    assertThat(budget.spent()).isEqualByComparingTo("40");
    assertThat(model.used()).isEqualTo(new Usage(20, 0, 10, 0));
    assertThat(model.answers()).isEqualTo(2);
  }

  @Test
  void stopsBeforeTheRequestThatCouldExceedTheCap() throws Exception {
    ScriptedAdapter adapter = new ScriptedAdapter((request, call) -> reply("answer"));
    BudgetedModel model = model("260", adapter, PRICE);

    // A request reserves some 17 for its input and 200 for its answer.
    model.ask(request("q"));
    model.ask(request("q"));
    model.ask(request("q"));
    assertThatThrownBy(() -> model.ask(request("q")))
        .isInstanceOfSatisfying(
            ModelException.class, e -> assertThat(e.kind()).isEqualTo(Kind.SPENDING))
        .hasMessageStartingWith(
            "The next request could exceed the budget of US$ 260.00: US$ 60.00");
    assertThat(adapter.calls()).isEqualTo(3);
  }

  @Test
  void writesThousandsLikeTheOtherSentences() throws Exception {
    BudgetedModel model =
        model("2065", new ScriptedAdapter((request, call) -> reply("answer")), PRICE);
    for (int i = 0; i < 93; i++) {
      model.ask(request("q"));
    }

    assertThatThrownBy(() -> model.ask(request("q")))
        .hasMessageStartingWith(
            "The next request could exceed the budget of US$ 2,065.00: US$ 1,860.00");
  }

  @Test
  void aFaultCostsNothing() throws Exception {
    ScriptedAdapter adapter =
        new ScriptedAdapter(
            (request, call) -> {
              if (call < 9) {
                throw new ModelException(Kind.TRANSIENT, "no", null);
              }
              return reply("answer");
            });
    BudgetedModel model = model("250", adapter, PRICE);

    for (int i = 1; i < 9; i++) {
      assertThatThrownBy(() -> model.ask(request("q"))).hasMessage("no");
    }
    assertThat(model.ask(request("q")).text()).isEqualTo("answer");
  }

  @Test
  void severalThreadsSpendNoMoreThanTheCapAndUseIt() throws Exception {
    ScriptedAdapter adapter = new ScriptedAdapter((request, call) -> reply("answer"));
    Budget budget = new Budget(new BigDecimal("1000"));
    BudgetedModel model = new BudgetedModel(adapter, PRICE, budget);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    int refused = 0;
    try {
      List<Future<?>> asked = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        asked.add(threads.submit(() -> model.ask(request("q"))));
      }
      for (Future<?> one : asked) {
        try {
          one.get();
        } catch (ExecutionException e) {
          assertThat(e.getCause()).isInstanceOf(ModelException.class);
          refused++;
        }
      }
    } finally {
      threads.shutdownNow();
    }

    // 39 answers of 20 leave less than the 217 that another may cost.
    assertThat(adapter.calls()).isEqualTo(40);
    assertThat(refused).isEqualTo(60);
    assertThat(budget.spent()).isEqualByComparingTo("800").isLessThanOrEqualTo(budget.cap());
  }

  @Test
  void freeModelsNeedNoBudget() throws Exception {
    ScriptedAdapter adapter = new ScriptedAdapter((request, call) -> reply("answer"));

    assertThat(model("0", adapter, TextModelPrice.FREE).ask(request("q")).text())
        .isEqualTo("answer");
  }
}
