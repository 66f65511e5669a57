#!/bin/sh
# Makes the release for macOS: KetaChart.app, and a disk image of it.
#
#   sh packaging/macos/build.sh
#
# It needs Python 3.11 to 3.13, git and the command line tools of Xcode. Application and image are signed
# and notarised where these are set, else signed for this machine alone:
#   KETACHART_SIGN_IDENTITY   "Developer ID Application: …" as the keychain has it
#   KETACHART_NOTARY_PROFILE  what `xcrun notarytool store-credentials` was told to call it
set -eu

root=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)
out="$root/build/release"
entitlements="$root/packaging/macos/entitlements.plist"
identity="${KETACHART_SIGN_IDENTITY:--}"

cd "$root"
python3 dev.py release

folder=$(find "$out" -maxdepth 1 -type d -name 'ketachart-*-macos-*' | head -n 1)
app="$folder/KetaChart.app"
image="$folder.dmg"
[ -d "$app" ] || { echo "There is no KetaChart.app in build/release." >&2; exit 1; }

# from the inside out: a signature covers those within it
find "$app/Contents" -type f \( -name '*.so' -o -name '*.dylib' \) -exec \
    codesign --force --timestamp --options runtime --sign "$identity" {} +
for program in ketachart ketachart-window; do
    codesign --force --timestamp --options runtime --entitlements "$entitlements" \
        --sign "$identity" "$app/Contents/MacOS/$program"
done
codesign --force --timestamp --options runtime --entitlements "$entitlements" \
    --sign "$identity" "$app"
codesign --verify --deep --strict "$app"

stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
cp -R "$app" "$stage/"
ln -s /Applications "$stage/Applications"
rm -f "$image"
hdiutil create -volname KetaChart -srcfolder "$stage" -format UDZO -ov "$image"
codesign --force --timestamp --sign "$identity" "$image"

if [ -n "${KETACHART_NOTARY_PROFILE:-}" ]; then
    xcrun notarytool submit "$image" --keychain-profile "$KETACHART_NOTARY_PROFILE" --wait
    xcrun stapler staple "$image"
    xcrun stapler validate "$image"
fi

cd "$out"
rm -f SHA256SUMS
sums=$(find . -maxdepth 1 -type f | sed 's|^\./||' | sort | xargs shasum -a 256)
printf '%s\n' "$sums" >SHA256SUMS
