// Thumbnails scroll the strip instead of the page; a picture opens large in a dialog.
for (const gallery of document.querySelectorAll("[data-gallery]")) {
  const strip = gallery.querySelector(".gallery-strip");
  const thumbs = [...gallery.querySelectorAll(".gallery-thumbs a")];
  const dialog = gallery.querySelector("dialog");
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;

  const mark = (id) => {
    for (const thumb of thumbs) {
      if (thumb.hash === `#${id}`) thumb.setAttribute("aria-current", "true");
      else thumb.removeAttribute("aria-current");
    }
  };

  const watcher = new IntersectionObserver((seen) => {
    for (const entry of seen) if (entry.isIntersecting) mark(entry.target.id);
  }, { root: strip, threshold: 0.6 });
  for (const slide of strip.children) watcher.observe(slide);

  gallery.addEventListener("click", (event) => {
    const thumb = event.target.closest(".gallery-thumbs a");
    const zoom = event.target.closest("[data-zoom]");
    if (thumb) {
      event.preventDefault();
      const slide = document.getElementById(thumb.hash.slice(1));
      strip.scrollTo({ left: slide.offsetLeft - strip.offsetLeft, behavior: calm ? "auto" : "smooth" });
    } else if (zoom && dialog?.showModal) {
      event.preventDefault();
      const large = document.createElement("img");
      large.src = zoom.href;
      large.alt = zoom.querySelector("img").alt;
      dialog.firstElementChild.replaceChildren(large);
      dialog.showModal();
    } else if (event.target.closest(".zoom-sheet")) {
      dialog.close();
    }
  });
}
