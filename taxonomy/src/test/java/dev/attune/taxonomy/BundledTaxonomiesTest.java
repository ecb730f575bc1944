package dev.attune.taxonomy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The taxonomies that ship beside the code. */
class BundledTaxonomiesTest {

  @ParameterizedTest
  @ValueSource(strings = {"learningdomains", "genres"})
  void loadsAndEverySpellingMeansItsCategory(String name) throws IOException {
    try (InputStream in = Taxonomy.class.getResourceAsStream(name + ".json")) {
      Assumptions.assumeTrue(in != null, name + ".json is not on the class path");
      Taxonomy taxonomy = TaxonomyLoader.load(in.readAllBytes(), name + ".json");
      assertThat(taxonomy.categories()).isNotEmpty();
      for (Category category : taxonomy.categories()) {
        assertThat(taxonomy.recognise(category.id())).contains(category);
        assertThat(taxonomy.recognise(category.name())).contains(category);
        assertThat(category.aliases())
            .allSatisfy(alias -> assertThat(taxonomy.recognise(alias)).contains(category));
      }
    }
  }
}
