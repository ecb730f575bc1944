package dev.attune.pipeline.example;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class FingerprintTest {
  @Test
  void isTheHexOfTheDigest() {
    // printf 'abc' | sha256sum
    assertThat(TestRecord.fingerprint("abc").hex())
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }

  @Property
  void isComparedAsItsHexDigits(
      @ForAll @Size(32) byte[] one,
      @ForAll @Size(32) byte[] two,
      @ForAll @IntRange(max = 32) int n) {
    // Random digests differ in their first byte; the later longs need digests that begin alike.
    System.arraycopy(one, 0, two, 0, n);
    Fingerprint a = Fingerprint.of(one);
    Fingerprint b = Fingerprint.of(two);
    assertThat(Integer.signum(a.compareTo(b)))
        .isEqualTo(Integer.signum(a.hex().compareTo(b.hex())));
  }

  @Property
  void rangesAreInTheOrderOfTheFingerprints(
      @ForAll long one, @ForAll long two, @ForAll @IntRange(min = 1, max = 4_096) int ranges) {
    Fingerprint a = new Fingerprint(one, 0, 0, 0);
    Fingerprint b = new Fingerprint(two, 0, 0, 0);
    assertThat(a.range(ranges)).isBetween(0, ranges - 1);
    if (a.compareTo(b) <= 0) {
      assertThat(a.range(ranges)).isLessThanOrEqualTo(b.range(ranges));
    }
  }

  @Property
  void rangesAreOfEqualWidth(@ForAll @IntRange(min = 1, max = 4_096) int ranges) {
    assertThat(new Fingerprint(0, 0, 0, 0).range(ranges)).isZero();
    assertThat(new Fingerprint(Long.MIN_VALUE, 0, 0, 0).range(ranges)).isEqualTo(ranges / 2);
    assertThat(new Fingerprint(-1, 0, 0, 0).range(ranges)).isEqualTo(ranges - 1);
  }
}
