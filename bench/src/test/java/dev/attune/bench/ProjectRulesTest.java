package dev.attune.bench;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Rules for the packages and names of all modules; this module depends on all of them. */
class ProjectRulesTest {
  private static final int MOST_CLASSES_IN_A_PACKAGE = 20;
  private static final List<String> ENDINGS = List.of("ing", "ion", "e", "s");
  private static final Pattern EMPTY_NAMES =
      Pattern.compile(".*(Utils?|Helpers?|Managers?|Common|Constants)");
  private static final JavaClasses PROJECT =
      new ClassFileImporter()
          .withImportOption(new DoNotIncludeTests())
          .importPackages("dev.attune");

  @Test
  void noPackageHasMoreThanTwentyClasses() {
    Map<String, Set<String>> packages = groupTopLevelClasses(JavaClass::getPackageName);
    List<String> violations = new ArrayList<>();
    packages.forEach(
        (name, classes) -> {
          if (classes.size() > MOST_CLASSES_IN_A_PACKAGE) {
            violations.add(name + " has " + classes.size() + " classes");
          }
        });
    assertThat(violations).isEmpty();
  }

  @Test
  void noPackagesDependOnEachOtherInACycle() {
    slices().assignedFrom(new EachPackage()).should().beFreeOfCycles().check(PROJECT);
  }

  /** Packages such as tune and tuning, or check in two modules, are easily confused. */
  @Test
  void noTwoPackagesHaveLastSegmentsThatDifferOnlyByAnEnding() {
    List<String> packages = List.copyOf(groupTopLevelClasses(JavaClass::getPackageName).keySet());
    List<String> violations = new ArrayList<>();
    for (int i = 0; i < packages.size(); i++) {
      Set<String> stems = stems(packages.get(i));
      for (String other : packages.subList(i + 1, packages.size())) {
        if (stems(other).stream().anyMatch(stems::contains)) {
          violations.add(packages.get(i) + " and " + other);
        }
      }
    }
    assertThat(violations).isEmpty();
  }

  @Test
  void simpleNamesOfClassesAreUnique() {
    Map<String, Set<String>> names = groupTopLevelClasses(JavaClass::getSimpleName);
    names.values().removeIf(classes -> classes.size() == 1);
    assertThat(names).isEmpty();
  }

  @Test
  void namesOfClassesSayARole() {
    assertThat(groupTopLevelClasses(JavaClass::getSimpleName).keySet())
        .noneMatch(name -> EMPTY_NAMES.matcher(name).matches());
  }

  /** Makes each package a slice. */
  private static final class EachPackage implements SliceAssignment {
    @Override
    public SliceIdentifier getIdentifierOf(JavaClass type) {
      return type.getPackageName().startsWith("dev.attune")
          ? SliceIdentifier.of(type.getPackageName())
          : SliceIdentifier.ignore();
    }

    @Override
    public String getDescription() {
      return "packages";
    }
  }

  private static Map<String, Set<String>> groupTopLevelClasses(Function<JavaClass, String> by) {
    return PROJECT.stream()
        .filter(JavaClass::isTopLevelClass)
        .filter(type -> !type.getSimpleName().equals("package-info"))
        // Generated from templates.
        .filter(type -> !type.getSimpleName().matches("Jte.*Generated"))
        .collect(
            Collectors.groupingBy(
                by,
                TreeMap::new,
                Collectors.mapping(JavaClass::getName, Collectors.toCollection(TreeSet::new))));
  }

  private static Set<String> stems(String packageName) {
    String last = packageName.substring(packageName.lastIndexOf('.') + 1);
    Set<String> stems = new TreeSet<>(Set.of(last));
    for (String ending : ENDINGS) {
      if (last.endsWith(ending)) {
        stems.add(last.substring(0, last.length() - ending.length()));
      }
    }
    return stems;
  }
}
