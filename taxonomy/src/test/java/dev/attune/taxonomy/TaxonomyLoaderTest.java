package dev.attune.taxonomy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TaxonomyLoaderTest {

  @Test
  void readsTheFullShape() {
    Taxonomy taxonomy =
        load(
            """
            {"version": "2", "name": "n", "categories": [
              {"id": "a", "name": "A!", "description": "first", "aliases": ["x", "A"],
               "children": [{"id": "b", "children": [{"id": "c"}]}]},
              {"id": "d"}]}
            """);
    assertThatThrownBy(() -> taxonomy.order("z"))
        .hasMessage("taxonomy n has no category with this id");
    assertThat(taxonomy.categories())
        .containsExactly(
            new Category("a", "A!", "first", List.of("x", "A"), null),
            new Category("b", "b", null, List.of(), "a"),
            new Category("c", "c", null, List.of(), "b"),
            new Category("d", "d", null, List.of(), null));
  }

  @Test
  void readsAnArrayOfIds() {
    Taxonomy taxonomy = load("[\"b\", \"a\"]");
    assertThatThrownBy(() -> taxonomy.order("z"))
        .hasMessage("taxonomy t has no category with this id");
    assertThat(taxonomy.categories())
        .containsExactly(
            new Category("b", "b", null, List.of(), null),
            new Category("a", "a", null, List.of(), null));
  }

  @Test
  void readsAnObjectOfArrays() {
    assertThat(load("{\"f\": [\"g\", \"h\"], \"e\": [], \"h\": [\"i\"]}").categories())
        .containsExactly(
            new Category("f", "f", null, List.of(), null),
            new Category("g", "g", null, List.of(), "f"),
            new Category("h", "h", null, List.of(), "f"),
            new Category("i", "i", null, List.of(), "h"),
            new Category("e", "e", null, List.of(), null));
  }

  @Test
  void takesCategoriesForAKeyAmongOthersWhereItHoldsStrings() {
    assertThat(load("{\"name\": [\"first\"], \"categories\": [\"a\"]}").categories())
        .extracting(Category::id)
        .containsExactly("name", "first", "categories", "a");
  }

  @Test
  void readsPastAByteOrderMark() {
    assertThat(load("\uFEFF[\"a\"]").categories()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // JSON                                      | fault
        "`[\"a\",\n"
            + "\"a\"]`                             | 2: category 'a' is repeated, first on line 1",
        "`[\"a b\",\n"
            + "\"AB\"]`                          | 2: 'AB' could mean two categories: 'a b' (line"
            + " 1) and 'AB'",
        "`[\" \"]`                                    | 1: a category's id is blank",
        "`[\"\"]`                                     | 1: a category's id is blank",
        "`[\" a\"]`                                   | 1: id ' a' has white space around it",
        "`[\"a,b\"]`                  | 1: id 'a,b' has a comma, which divides the ids of an"
            + " answer",
        "`[\"a\\u0000b\"]`                            | 1: id 'a\uFFFDb' has a control character",
        "`[\"a\\ud800b\"]`                            | 1: id 'a\uFFFDb' has half a surrogate pair",
        "`[7]`                                      | 1: a category is a string here, not a number",
        "`[[\"a\"]]`                                  | 1: a category is a string here, not an"
            + " array",
        "`[]`                                       | 1: the taxonomy has no category",
        "`{}`                                       | 1: the taxonomy has no category",
        "`\"a\"`                        | 1: a taxonomy is an object or an array, not a string",
        "`null`                       | 1: a taxonomy is an object or an array, not null",
        "`{\"a\": [\"b\"],\n\"b\": [\"a\"],\n\"c\": []}`   | 1: category 'a' is below itself",
        "`{\"a\": [\"a\"]}`                             | 1: category 'a' is below itself",
        "`{\"a\": [\"c\"],\n"
            + "\"b\": [\"c\"]}`              | 2: category 'c' is repeated, first on line 1",
        "`{\"a\": [\"c\", \"c\"]}`                        | 1: category 'c' is repeated, first on"
            + " line 1",
        "`{\"a\": [],\n\"a\": []}`                      | 2: the key 'a' is repeated",
        "`{\"a\": \"b\"}`                       | 1: the value of 'a' is an array, not a string",
        "`{\"a\": [true]}`                    | 1: a category is a string here, not a boolean",
        "`{\"categories\": []}`                      | 1: the taxonomy has no category",
        "`{\"name\": \"x\"}`                           | 1: the key 'categories' is missing",
        "`{\"name\": 1, \"categories\": [{\"id\": \"a\"}]}` | 1: 'name' is a string, not a number",
        "`{\"name\": \"x\", \"categories\": {}}`      | 1: 'categories' is an array, not an object",
        "`{\"name\": \"x\", \"categories\": [\"a\"]}` | 1: a category is an object, not a string",
        "`{\"categories\": [{\"id\": \"a\"}],\n\"x\": 1}` | 2: unknown key 'x'",
        "`{\"categories\": [\n{}]}`                    | 2: a category has no 'id'",
        "`{\"categories\": [\n{\"id\": null}]}`          | 2: 'id' is a string, not null",
        "`{\"categories\": [{\"id\": \"a\",\n\"nam\": \"b\"}]}` | 2: unknown key 'nam'",
        "`{\"categories\": [{\"id\": \"a\",\n\"id\": \"b\"}]}`  | 2: the key 'id' is repeated",
        "`{\"categories\": [{\"id\": \"a\", \"name\": \" \"}]}` | 1: the name of category 'a' is"
            + " blank",
        "`{\"categories\": [{\"id\": \"a\", \"aliases\": [\"\"]}]}` | 1: the alias of category 'a'"
            + " is blank",
        "`{\"categories\": [{\"id\": \"a\", \"aliases\": \"x\"}]}` | 1: 'aliases' is an array, not"
            + " a string",
        "`{\"categories\": [{\"id\": \"a\", \"aliases\": [1]}]}` | 1: an alias is a string, not a"
            + " number",
        "`{\"categories\": [{\"id\": \"a\", \"children\": [1]}]}` | 1: a category is an object, not"
            + " a number",
        "`{\"categories\": [{\"id\": \"a\", \"aliases\": [\"x\"]},\n"
            + "{\"id\": \"b\", \"name\": \" X\"}]}` | 2: ' X' could mean two categories: 'a' (line"
            + " 1) and 'b'",
        "``                                          | 1: not JSON: The file is empty",
        "`hunter2secret`                             | 1: not JSON: an unknown word",
        "`[\"a\"]\n[]` | 2: not JSON: There is more after the end of the JSON value"
      })
  void namesEachFaultWithItsLine(String json, String fault) {
    TaxonomyException e = refused(json.getBytes(StandardCharsets.UTF_8));
    assertThat(e.faults()).first().isEqualTo("dir/t.json:" + fault);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[\n\"a\"", "[\n\"a\",]", "{\n'a': []}", "[\n\"a\"]]", "[\n\"a\u0001\"]"})
  void namesTheLineOfWhatIsNotJson(String json) {
    TaxonomyException e = refused(json.getBytes(StandardCharsets.UTF_8));
    assertThat(e.faults()).singleElement().asString().startsWith("dir/t.json:2: not JSON: ");
  }

  @Test
  void namesEveryFaultAtOnceInTheOrderOfTheFile() {
    TaxonomyException e =
        refused(
            """
            {"name": 1, "categories": [
              {"id": "a", "nam": "x"},
              {"id": "b"},
              {"id": "a"}
            ], "colour": "red"}
            """
                .getBytes(StandardCharsets.UTF_8));
    assertThat(e.faults())
        .containsExactly(
            "dir/t.json:1: 'name' is a string, not a number",
            "dir/t.json:2: unknown key 'nam'",
            "dir/t.json:4: category 'a' is repeated, first on line 2",
            "dir/t.json:5: unknown key 'colour'");
    assertThat(e).hasMessage("dir/t.json:1: 'name' is a string, not a number (and 3 more faults)");
  }

  @Test
  void countsFaultsInTheMessage() {
    assertThat(refused("[1]".getBytes(StandardCharsets.UTF_8)))
        .hasMessage("dir/t.json:1: a category is a string here, not a number");
    assertThat(refused("[1,2]".getBytes(StandardCharsets.UTF_8)))
        .hasMessageEndingWith("(and one more fault)");
  }

  @Test
  void refusesWhatIsNotUtf8() {
    assertThat(refused(new byte[] {'[', '\n', '"', (byte) 0xE4, '"', ']'}))
        .hasMessage("dir/t.json:2: the file is not UTF-8");
    assertThat(refused("[\"a\"]".getBytes(StandardCharsets.UTF_16)))
        .hasMessage("dir/t.json:1: the file is UTF-16; save it as UTF-8");
    // A sequence that the end of the file cuts off.
    assertThat(refused(new byte[] {'[', ']', (byte) 0xC3}).faults()).hasSize(1);
  }

  @Test
  void refusesWhatIsNestedTooDeep() {
    assertThat(load(nested(LocatedJson.MAX_DEPTH - 1)).categories()).isNotEmpty();
    String json = "[".repeat(LocatedJson.MAX_DEPTH + 1) + "]".repeat(LocatedJson.MAX_DEPTH + 1);
    assertThat(refused(json.getBytes(StandardCharsets.UTF_8)).faults())
        .singleElement()
        .asString()
        .startsWith("dir/t.json:1: not JSON: ")
        .contains("depth");
  }

  @Test
  void refusesChainsOfFamiliesThatAreTooLong() {
    var json = new StringBuilder("{");
    for (int i = 0; i < 100_000; i++) {
      json.append("\"c").append(i).append("\": [\"c").append(i + 1).append("\"],");
    }
    json.append("\"z\": []}");
    assertThat(refused(json.toString().getBytes(StandardCharsets.UTF_8)))
        .hasMessageContaining("categories are nested more than 100 deep");
  }

  @Test
  void refusesFilesThatAreTooLarge() {
    byte[] json = " ".repeat(TaxonomyLoader.MAX_BYTES + 1).getBytes(StandardCharsets.UTF_8);
    assertThat(refused(json))
        .hasMessageContaining("more than 16777216 bytes, the most that is read");
  }

  @Test
  void quotesShortly() {
    String id = "\uD83D\uDE00".repeat(65);
    assertThat(refused(("[\"" + id + "\", \"" + id + "\"]").getBytes(StandardCharsets.UTF_8)))
        .hasMessage(
            "dir/t.json:1: category '"
                + "\uD83D\uDE00".repeat(64)
                + "…' is repeated, first on line 1");
  }

  /** A taxonomy of the full shape whose brackets stand this deep. */
  private static String nested(int depth) {
    int categories = depth / 2;
    var json = new StringBuilder("{\"categories\": [");
    for (int i = 0; i < categories; i++) {
      json.append("{\"id\": \"c").append(i).append('"');
      json.append(i + 1 < categories ? ", \"children\": [" : "}");
    }
    return json.append("]}".repeat(categories)).toString();
  }

  private static Taxonomy load(String json) {
    return TaxonomyLoader.load(json.getBytes(StandardCharsets.UTF_8), "dir/t.json");
  }

  private static TaxonomyException refused(byte[] json) {
    return catchThrowableOfType(
        TaxonomyException.class, () -> TaxonomyLoader.load(json, "dir/t.json"));
  }
}
