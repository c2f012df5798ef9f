#!/usr/bin/env bash
# A Hugo site of one page that asks for every width in both formats.
#
# hugo.sh HUGO PHOTOGRAPHS TARGET WEBP-QUALITY JPEG-QUALITY WIDTH...
set -euo pipefail
hugo=$1 photographs=$2 target=$3 webp=$4 jpeg=$5
shift 5
site=$target.site
mkdir -p "$site/content/all" "$site/layouts/_default" "$target"
for photo in "$photographs"/*; do ln -f "$photo" "$site/content/all/" 2>/dev/null || cp "$photo" "$site/content/all/"; done
printf -- '---\ntitle: all\n---\n' >"$site/content/all/index.md"
printf 'baseURL = "https://example.com/"\ndisableKinds = ["home","section","taxonomy","term","RSS","sitemap","404"]\n' >"$site/hugo.toml"
printf '[imaging]\nresampleFilter = "lanczos"\n' >>"$site/hugo.toml"
{
  echo '{{ range $image := .Resources.ByType "image" }}{{ $stem := path.BaseName $image.Name }}'
  echo "{{ range \$width := slice $* }}"
  echo "{{ \$a := \$image.Resize (printf \"%dx webp q$webp\" \$width) }}{{ (\$a | resources.Copy (printf \"%s-%d.webp\" \$stem \$width)).Publish }}"
  echo "{{ \$b := \$image.Resize (printf \"%dx jpeg q$jpeg\" \$width) }}{{ (\$b | resources.Copy (printf \"%s-%d.jpg\" \$stem \$width)).Publish }}"
  echo '{{ end }}{{ end }}'
} >"$site/layouts/_default/single.html"
"$hugo" --source "$site" --destination "$target" --cacheDir "$site/cache" --quiet
