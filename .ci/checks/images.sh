#!/usr/bin/env bash
# The images of the profile image, over a stand-in for their bases: built twice, in two directories,
# they have the same bytes; user, entry point, environment and layers are as documented; and what is
# in the layers runs. No registry and no Docker engine is used, and after the first build no network.
. "$(dirname "$0")/lib.sh"

# build DIRECTORY [OPTION...]: builds both images from a directory's sources.
build() {
  local directory=$1
  shift
  (cd "$directory" && expect_exit 0 ./mvnw -B -ntp "$@" -P 'image,!checks' -pl launcher -am \
    -Dmaven.test.skip=true -Dattune.image.base="tar://$work/base.tar" \
    -Dattune.template.base="tar://$work/base.tar" package)
}

look() {
  java -cp "$home/launcher/target/lib/*" "$home/.ci/checks/ImageFacts.java" "$@"
}

if [ ! -d "$home/launcher/target/lib" ]; then "$home/attune" --help >/dev/null; fi
look base "$work/base.tar"

# Copies, because classes of older sources may stand in the clone's target folders.
for copy in one two; do
  mkdir "$work/$copy"
done
(cd "$home" && git ls-files -z --cached --others --exclude-standard \
  | xargs -0 sh -c 'for file; do [ ! -e "$file" ] || printf "%s\0" "$file"; done' sh \
  | tar --null -T - -cf "$work/sources.tar")
# Jars carry the modes of their files, so the umask counts.
umask 022
tar -xf "$work/sources.tar" --no-same-permissions -C "$work/one"
tar -xf "$work/sources.tar" --no-same-permissions -C "$work/two"
build "$work/one"
look check "$work/one/launcher/target/launcher-image.tar" \
  "$work/one/launcher/target/template-image.tar" "$work/root"

# At another place and time, in another time zone and language, and without a network.
(export TZ=Asia/Tokyo LC_ALL=C && build "$work/two" -o)
for image in launcher template; do
  cmp "$work/one/launcher/target/$image-image.tar" "$work/two/launcher/target/$image-image.tar" \
    || fail "two builds made two $image images"
done

# What the layers hold, without the rest of this machine's files.
class_path=$(cat "$work/root/class-path")
cd "$work/root"
expect_exit 0 java -cp "$class_path" dev.attune.launcher.Main --version
grep -q '^attune [0-9]' "$work/out" || fail "the launcher does not know its version"
expect_exit 2 java -cp "$class_path" dev.attune.launcher.TemplateMain --limit=3
grep -q "parameter config must name" "$work/err" || fail "the template's launcher said something else"
echo "images: launcher and template, the same bytes from two builds"
