package dev.attune.launcher.tuning;

import dev.attune.config.TuningConfig.Patience;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.FailureCode;
import dev.attune.launcher.console.TimeOfDay;
import dev.attune.launcher.ledger.Job;
import dev.attune.launcher.ledger.Jobs;
import dev.attune.launcher.tuning.BackEndException.Kind;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Looks at a job of the back end again and again, until it has ended and, where it has a model,
 * that has an endpoint.
 */
final class JobWatch {
  private static final Duration HOSTED = Duration.ofSeconds(30);
  private static final Duration LOCAL = Duration.ofMillis(500);
  private static final Duration LEAST = Duration.ofMillis(100);
  private static final int LONGER = 4;
  private static final double FACTOR = 1.25;

  /** A job that was just created is not always found at once. */
  private static final int NOT_FOUND_IN_A_ROW = 5;

  private final Jobs jobs;
  private final TuningBackEnd backEnd;
  private final ListingAfterCreate listing;
  private final Waiting waiting;
  private final JobLine line;
  private final Backoff looks;

  JobWatch(
      Jobs jobs,
      TuningBackEnd backEnd,
      ListingAfterCreate listing,
      Patience patience,
      Waiting waiting,
      JobLine line) {
    this.jobs = jobs;
    this.backEnd = backEnd;
    this.listing = listing;
    this.waiting = waiting;
    this.line = line;
    Duration wished = patience.poll();
    Duration suits = backEnd.name().equals("local") ? LOCAL : HOSTED;
    Duration asked = wished == null ? suits : wished;
    Duration first = asked.compareTo(LEAST) < 0 ? LEAST : asked;
    this.looks = new Backoff(first, first.multipliedBy(LONGER), FACTOR, new SplittableRandom());
  }

  /**
   * Watches a job that is known; every state that is seen is entered. A listing that is due after
   * its creation is tried again with each look.
   *
   * @return the job as the ledger has it: not {@link Job#isOver over} where the deadline passed
   * @throws CommandFailure if the back end does not know it, or refuses to tell
   */
  Job follow(Job known) throws CommandFailure {
    Job job = known;
    int notFound = 0;
    BackEndException trouble = null;
    line.show(job.state(), how(job));
    while (!job.isOver()) {
      BackEndJob there = job.known();
      if (there == null) {
        throw new IllegalArgumentException(job.id() + " is not known to its back end yet");
      }
      try {
        trouble = null;
        job = jobs.observe(job.id(), backEnd.get(there.name()));
        line.show(job.state(), how(job));
        job = listing.of(job);
        notFound = 0;
      } catch (BackEndException e) {
        String sentence = String.valueOf(e.getMessage());
        notFound = e.kind() == Kind.NOT_FOUND ? notFound + 1 : 0;
        if (e.kind() == Kind.REFUSED || notFound == NOT_FOUND_IN_A_ROW) {
          throw new CommandFailure(FailureCode.BACK_END, List.of(), sentence, e);
        }
        trouble = e;
      }
      Duration next = looks.next();
      if (trouble != null) {
        line.sayAskingAgain(trouble, next, waiting);
      }
      if (!job.isOver() && !waiting.pause(next)) {
        return job;
      }
    }
    return job;
  }

  /** Since when a job that goes on has been in its state, and how far the back end says it is. */
  private String how(Job job) {
    BackEndJob there = job.known();
    if (there == null || job.state().isTerminal()) {
      return "";
    }
    String progress = backEnd.progress(there.name()).map(words -> ", " + words).orElse("");
    List<Job.Change> changes = jobs.changes(job.id());
    for (int i = changes.size() - 1; i >= 0; i--) {
      boolean entered = i == 0 || changes.get(i - 1).state() != job.state();
      if (changes.get(i).state() == job.state() && entered) {
        return " since " + TimeOfDay.utc(changes.get(i).stamp().at()) + progress;
      }
    }
    return progress;
  }
}
