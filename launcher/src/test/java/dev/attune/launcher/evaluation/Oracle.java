package dev.attune.launcher.evaluation;

import dev.attune.launcher.evaluation.question.AnsweringModel;
import dev.attune.launcher.evaluation.question.AskException;
import dev.attune.schema.ExampleLine;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A model that says what a test wants, counts who asked what, and fails on demand. */
public final class Oracle implements AnsweringModel {
  private final String name;
  private final boolean hosted;
  private final Voice voice;
  private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
  private final AtomicInteger underWay = new AtomicInteger();
  private final AtomicInteger mostUnderWay = new AtomicInteger();

  /** What it says to a prompt. */
  public interface Voice {
    /** The answer to the question that is the so-manieth, from 1. */
    String answer(String prompt, int number) throws AskException;
  }

  public Oracle(String name, boolean hosted, Voice voice) {
    this.name = name;
    this.hosted = hosted;
    this.voice = voice;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean isHosted() {
    return hosted;
  }

  @Override
  public String answer(ExampleLine example) throws AskException {
    String prompt = example.turns().get(example.turns().size() - 2).text();
    int number;
    synchronized (asked) {
      asked.add(prompt);
      number = asked.size();
    }
    mostUnderWay.accumulateAndGet(underWay.incrementAndGet(), Math::max);
    try {
      return voice.answer(prompt, number);
    } finally {
      underWay.decrementAndGet();
    }
  }

  @Override
  public void close() {}

  /** Every prompt that it was asked, as often as it was. */
  public List<String> asked() {
    return List.copyOf(asked);
  }

  /** How often each prompt was asked. */
  public Map<String, Integer> timesAsked() {
    Map<String, Integer> times = new TreeMap<>();
    asked().forEach(prompt -> times.merge(prompt, 1, Integer::sum));
    return times;
  }

  public int mostUnderWay() {
    return mostUnderWay.get();
  }
}
