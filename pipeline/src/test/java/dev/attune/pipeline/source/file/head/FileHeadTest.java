package dev.attune.pipeline.source.file.head;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the types that are detected by the first bytes of a file. */
class FileHeadTest {
  private static final String TEXT = "id,text\n1,Müller hört auf.\n2,Café, s'il vous plaît.\n";

  @ParameterizedTest
  @CsvSource({
    "UTF-16LE,The file seems to be UTF-16 without a byte order mark: convert it to UTF-8.",
    "UTF-16BE,The file seems to be UTF-16 without a byte order mark: convert it to UTF-8.",
    "UTF-16,The file is UTF-16: convert it to UTF-8.",
    "UTF-32LE,The file seems to be UTF-32 without a byte order mark: convert it to UTF-8.",
    "UTF-32BE,The file seems to be UTF-32 without a byte order mark: convert it to UTF-8.",
    "X-UTF-32LE-BOM,The file is UTF-32: convert it to UTF-8.",
    "X-UTF-32BE-BOM,The file is UTF-32: convert it to UTF-8."
  })
  void namesEncodingsOfWideCharacters(String charset, String sentence) throws IOException {
    assertThat(sentence(TEXT.getBytes(Charset.forName(charset)))).isEqualTo(sentence);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ISO-8859-1", "windows-1252"})
  void hintsAtLatin1(String charset) throws IOException {
    String few = "id,text\n" + "1,plain words\n".repeat(40) + "2,Grüße\n".repeat(20);
    for (String text : List.of(few, TEXT + "3,Über – “uns”\n".repeat(20))) {
      byte[] bytes = text.replaceAll("[–“”]", "ß").getBytes(Charset.forName(charset));
      assertThat(sentence(bytes))
          .isEqualTo(
              "The file is not UTF-8 and seems to be Latin-1 or Windows-1252: convert it, for"
                  + " example with iconv -f WINDOWS-1252 -t UTF-8.");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"GBK", "Shift_JIS"})
  void namesOtherOldEncodings(String charset) throws IOException {
    String text = "id,text\n" + "1,日本中国水火木金土\n".repeat(25);
    assertThat(sentence(text.getBytes(Charset.forName(charset)))).contains("not UTF-8");
  }

  @Test
  void leavesSingleBadRecordsToBeRejected() throws IOException {
    byte[] few =
        ("id,text\n" + "1,plain\n".repeat(5) + "2,M\u00fcller\n".repeat(19)).getBytes(ISO_8859_1);
    assertThat(sentence(few)).isNull();
    byte[] rare = ("1,plain\n".repeat(800) + "2,M\u00fcller\n".repeat(30)).getBytes(ISO_8859_1);
    assertThat(sentence(rare)).isNull();
    String good = new String("1,Müller\n".getBytes(UTF_8), ISO_8859_1);
    byte[] mixed = (good + "2,M\u00fcller\n".repeat(30)).getBytes(ISO_8859_1);
    assertThat(sentence(mixed)).isNull();
    assertThat(sentence(TEXT.getBytes(UTF_8))).isNull();
    assertThat(sentence(new byte[0])).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'\u001f\u008b\b'|The file is compressed with gzip: add .gz to its name, or unpack it.",
        "PK\u0003\u0004..[Content_Types].xml|The file seems to be a workbook (xlsx or ods): save"
            + " it as CSV in UTF-8.",
        "PK\u0003\u0004..a.csv|The file is a zip archive: unpack it.",
        "\u00d0\u00cf\u0011\u00e0|The file seems to be an old Excel workbook: save it as CSV in"
            + " UTF-8.",
        "'PAR1\u0015'|The file is Parquet: export its records as CSV or JSON lines.",
        "%PDF-1.7|The file is a PDF: export its records as CSV or JSON lines.",
        "BZh91AY&SY|The file is compressed with bzip2: unpack it, or compress it with gzip.",
        "'\r\n<!DOCTYPE html>'|The file is a web page (HTML), perhaps one that asks to log in:"
            + " download the data again.",
        "version https://git-lfs.github.com/spec/v1|The file is a pointer of Git LFS: fetch its"
            + " content with git lfs pull."
      })
  void knowsOtherFormats(String start, String sentence) throws IOException {
    assertThat(sentence(start.getBytes(ISO_8859_1))).isEqualTo(sentence);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PAR1,PAR2", "BZh,x", "ORC,x", "PK,x", "id,<html>", "Object,x"})
  void takesNamesOfColumnsForWhatTheyAre(String header) throws IOException {
    assertThat(sentence(header.getBytes(UTF_8))).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "id|texts~the nearest is \"texts\" for \"text\"",
        "\u200bid,text~\"\u200bid\" differs only",
        "1,The tap drips~its first line seems to be a record; add a line with the names",
        "{\"id\":1}~The file seems to be JSON: name it .jsonl or .json.",
        "SEP=,~The file starts with the line \"sep=,\", which only Excel understands: remove it.",
        "\"id;text\"~so each row is quoted as a whole",
        "id\ttext~set separator: \"\\t\" (a tab) in attune.yaml."
      })
  void saysWhatAHeaderLacks(String header, String part) {
    char separator = header.startsWith("id|") ? '|' : ',';
    CsvHeader judged = CsvHeader.of(header.getBytes(UTF_8), separator, List.of("id", "text"));
    assertThat(sentence(judged)).contains(part.replace("\u200b", "\\u200b"));
  }

  @Test
  void neverShowsALongLine() {
    String words = "word ".repeat(5_000);
    CsvHeader judged = CsvHeader.of(words.getBytes(UTF_8), ',', List.of("id", "text"));
    assertThat(sentence(judged)).doesNotContain("word");
    String many = "xy,".repeat(20_000) + "z";
    judged = CsvHeader.of(many.getBytes(UTF_8), ',', List.of("id", "text"));
    assertThat(sentence(judged)).hasSizeLessThan(400);
  }

  @Property
  void judgesAnyBytes(@ForAll byte[] bytes, @ForAll char separator) throws IOException {
    FileHead head = FileHead.read(new BufferedInputStream(new ByteArrayInputStream(bytes)));
    HeadFault fault = head.fault();
    assertThat(fault == null || fault.column() < 0).isTrue();
    char used =
        separator > 0 && separator < 0x7f && "\"\r\n".indexOf(separator) < 0 ? separator : ';';
    assertThat(CsvHeader.of(bytes, used, List.of("id"))).isNotNull();
  }

  private static String sentence(CsvHeader judged) {
    return Objects.requireNonNull(judged.fault()).sentence();
  }

  private static @Nullable String sentence(byte[] bytes) throws IOException {
    HeadFault fault =
        FileHead.read(new BufferedInputStream(new ByteArrayInputStream(bytes))).fault();
    return fault == null ? null : fault.sentence();
  }
}
