package dev.attune.format.conformance;

import dev.attune.bytes.Sha256;
import dev.attune.bytes.Utf8;
import dev.attune.catalog.BaseModel;
import dev.attune.catalog.ExampleLimits;
import dev.attune.config.OutputFormat;
import dev.attune.format.conformance.FileReport.Use;
import dev.attune.format.gemini.GeminiRules;
import dev.attune.format.json.ByteScan;
import dev.attune.format.json.JsonCursor;
import dev.attune.format.json.Lines;
import dev.attune.format.json.MalformedLineException;
import dev.attune.format.openai.OpenAiRules;
import dev.attune.format.rule.Limits;
import dev.attune.format.rule.LineFacts;
import dev.attune.format.rule.LineFindings;
import dev.attune.format.rule.Rule;
import dev.attune.schema.Printable;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Checks one file, line by line. Made for one file; not thread-safe. */
final class FileCheck implements LineFindings.Taker {
  private static final int LONGEST_LINE = Limits.of("longestLineBytes");
  private static final int NEAR_PERCENT = Limits.of("nearTokenLimitPercent");
  private static final int BYTE_ORDER_MARK = 3;

  private final String name;
  private final Use use;
  private final OutputFormat format;
  private final Consistency consistency;
  private final Findings findings;
  private final @Nullable AnswerRule answers;
  private final long tokenLimit;
  private final boolean functionCallsAreRefused;

  private final JsonCursor cursor = new JsonCursor();
  private final LineFindings ofLine = new LineFindings();
  private final LineFacts facts;
  private final OneLine lineRules;
  private RepeatedLines repeated = new RepeatedLines(0, 0);

  private long lines;
  private long linesWithErrors;
  private long linesWithMedia;
  private long bytes;
  private long tokens;
  private String sha256 = "";

  FileCheck(String name, Use use, OutputFormat format, CheckRules rules, Consistency consistency) {
    this.name = name;
    this.use = use;
    this.format = format;
    this.consistency = consistency;
    this.findings = new Findings(name);
    this.answers = rules.answers();
    ExampleLimits limits = rules.models().limits(rules.baseModel(), format);
    Integer most = limits.tokens();
    this.tokenLimit = most == null ? Long.MAX_VALUE : most;
    String baseModel = rules.baseModel();
    this.functionCallsAreRefused =
        baseModel != null
            && rules.models().find(baseModel).filter(BaseModel::refusesFunctionCalls).isPresent();
    this.facts = new LineFacts(answers != null);
    this.lineRules =
        switch (format) {
          case GEMINI -> new GeminiRules(cursor, facts, ofLine)::check;
          case OPENAI -> new OpenAiRules(cursor, facts, ofLine)::check;
        };
  }

  /**
   * Reads the file to its end.
   *
   * @param expectedLines how many lines it may have; a guess
   * @param hash whether its SHA-256 is wanted
   * @param validation is given the lines of a validation file; a training file's are looked up
   */
  void read(
      InputStream file, long expectedLines, boolean hash, @Nullable ValidationLines validation)
      throws IOException {
    repeated = new RepeatedLines(expectedLines, Runtime.getRuntime().maxMemory());
    MessageDigest digest = hash ? Sha256.newDigest() : null;
    Lines in = new Lines(file, LONGEST_LINE, digest);
    while (in.next()) {
      lines++;
      facts.reset();
      boolean read = line(in);
      if (read) {
        compare(in, validation);
      } else {
        consistency.noteUnread();
      }
      if (!ofLine.isEmpty()) {
        linesWithErrors += ofLine.hasError() ? 1 : 0;
        ofLine.moveTo(this);
      }
    }
    repeated.flush(this::repeats);
    findings.finish();
    bytes = in.bytes();
    if (digest != null) {
      sha256 = HexFormat.of().formatHex(digest.digest());
    }
  }

  /**
   * Counts the lines of a file that is of another kind as a whole, so that no rule about lines is
   * of use, and adds the one finding that says so.
   */
  void count(InputStream file, FileShape shape) throws IOException {
    Lines in = new Lines(file, LONGEST_LINE, null);
    while (in.next()) {
      lines++;
    }
    linesWithErrors = lines;
    bytes = in.bytes();
    findings.add(shape.rule(), 0, shape.cause(), shape.fix());
  }

  @Override
  public void take(Rule rule, String cause, String fix) {
    findings.add(rule, lines, cause, fix);
  }

  @Override
  public void takeKey(Rule rule, String place, String key) {
    findings.addKey(rule, lines, place, key);
  }

  private void repeats(long line, long first) {
    findings.add(Rule.REPEATED_LINE, line, "the line is also line " + first);
  }

  /** Whether it could be read as an object. */
  private boolean line(Lines in) {
    if (in.tooLong()) {
      ofLine.add(Rule.LINE_TOO_LONG, "the line has more than " + LONGEST_LINE + " bytes");
      return false;
    }
    int start = in.start();
    if (lines == 1 && startsWithMark(in)) {
      ofLine.add(Rule.BYTE_ORDER_MARK, "the file begins with EF BB BF");
      start += BYTE_ORDER_MARK;
    }
    cursor.reset(in.buffer(), start, in.end());
    if (cursor.atEnd()) {
      ofLine.add(Rule.BLANK_LINE, "the line is blank");
      return false;
    }
    try {
      return checked();
    } catch (MalformedLineException e) {
      ofLine.clear();
      String place = "byte " + (e.at() - in.start() + 1);
      if (e.tooDeep()) {
        ofLine.add(Rule.NESTED_TOO_DEEP, place + ": " + e.getMessage() + " here");
      } else if (e.utf8() && Utf8.isValid(in.buffer(), in.start(), in.end())) {
        ofLine.add(Rule.NOT_JSON, place + ": " + e.getMessage() + " here");
      } else {
        ofLine.add(Rule.NOT_UTF8, e.utf8() ? "the line is not UTF-8" : place + " is not UTF-8");
      }
      return false;
    }
  }

  private static boolean startsWithMark(Lines in) {
    byte[] b = in.buffer();
    int i = in.start();
    return b[i] == (byte) 0xEF && b[i + 1] == (byte) 0xBB && b[i + 2] == (byte) 0xBF;
  }

  private boolean checked() throws MalformedLineException {
    if (cursor.peek() != '{') {
      cursor.skip();
      cursor.finish();
      ofLine.add(Rule.NOT_AN_OBJECT, "the line is not an object");
      return false;
    }
    lineRules.check();
    consistency.note(facts, findings, lines);
    linesWithMedia += facts.hasMedia() ? 1 : 0;
    if (cursor.hasNul()) {
      ofLine.add(Rule.NUL_CHARACTER, "a text has \\u0000");
    }
    if (facts.functionCall && functionCallsAreRefused) {
      ofLine.add(Rule.FUNCTION_CALL_REFUSED, "the line has function calls");
    }
    checkTokens();
    checkAnswer();
    return true;
  }

  private void checkTokens() {
    long estimate = facts.tokens();
    tokens += estimate;
    if (estimate > tokenLimit) {
      Rule rule = format == OutputFormat.OPENAI ? Rule.EXAMPLE_CUT_OFF : Rule.TOO_MANY_TOKENS;
      ofLine.add(rule, "about " + estimate + " tokens, at most " + tokenLimit);
    } else if (tokenLimit < Long.MAX_VALUE && estimate * 100 > tokenLimit * NEAR_PERCENT) {
      ofLine.add(Rule.NEAR_TOKEN_LIMIT, "about " + estimate + " tokens, at most " + tokenLimit);
    }
  }

  private void checkAnswer() {
    StringBuilder answer = facts.answer;
    if (answer == null || answers == null || ofLine.hasError()) {
      return;
    }
    String unknown = answers.unknownIn(answer.toString());
    if (unknown != null) {
      ofLine.add(
          Rule.UNKNOWN_CATEGORY,
          unknown.isBlank()
              ? "a category of the answer is blank"
              : "not in the taxonomy: '" + Printable.shortened(unknown) + "'");
    }
  }

  private void compare(Lines in, @Nullable ValidationLines validation) {
    long hash = ByteScan.hash(in.buffer(), in.start(), in.end());
    repeated.add(hash, lines, this::repeats);
    if (validation == null) {
      return;
    }
    if (use == Use.VALIDATION) {
      validation.add(hash, lines, in.buffer(), in.start(), in.end());
      return;
    }
    long equal = validation.find(hash, in.buffer(), in.start(), in.end());
    if (equal > 0) {
      ofLine.add(
          Rule.VALIDATION_IN_TRAINING,
          "the line is also line " + equal + " of the validation file");
    }
  }

  String name() {
    return name;
  }

  Use use() {
    return use;
  }

  OutputFormat format() {
    return format;
  }

  /** Adds a finding about the file as a whole. */
  void add(Rule rule, String cause) {
    findings.add(rule, cause);
  }

  long lines() {
    return lines;
  }

  long linesWithErrors() {
    return linesWithErrors;
  }

  long linesWithMedia() {
    return linesWithMedia;
  }

  long bytes() {
    return bytes;
  }

  String sha256() {
    return sha256;
  }

  /** What came of it. To be called when every rule has added its findings. */
  FileReport report() {
    return new FileReport(
        name,
        use,
        format,
        lines,
        linesWithErrors,
        bytes,
        tokens,
        sha256,
        findings.listed(),
        findings.counts());
  }

  /** The rules of a format. */
  @FunctionalInterface
  private interface OneLine {
    /** Reads the line that the cursor stands before, an object, to its end. */
    void check() throws MalformedLineException;
  }
}
