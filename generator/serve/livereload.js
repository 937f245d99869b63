// Keeps this page as the site is: styles are swapped, any other change of this page reloads it, a build that failed is
// shown over it. The server puts the socket's path in the place of "/livereload".
(() => {
  "use strict";
  const socketPath = "/livereload";
  const overlayId = "hanji-overlay";
  let version = new URL(document.currentScript.src).searchParams.get("version");

  const plain = (path) => {
    try {
      return decodeURIComponent(path).normalize("NFC");
    } catch {
      return path;
    }
  };

  const showOverlay = (html) => {
    document.getElementById(overlayId)?.remove();
    document.body.insertAdjacentHTML("beforeend", html);
  };

  const linksTo = (path) =>
    [...document.querySelectorAll('link[rel~="stylesheet"][href]')].filter((link) => {
      const url = new URL(link.href, location.href);
      return url.origin === location.origin && plain(url.pathname) === path;
    });

  const swap = (link) => {
    const url = new URL(link.href, location.href);
    url.searchParams.set("version", version);
    const fresh = link.cloneNode();
    fresh.href = url.href;
    // It tells what the old style must be.
    fresh.removeAttribute("integrity");
    // The old style stays until the new one is there, so that the page is never bare.
    fresh.addEventListener("load", () => link.remove());
    fresh.addEventListener("error", () => link.remove());
    link.after(fresh);
  };

  const follow = (news) => {
    version = news.version;
    showOverlay(news.overlay);
    if (news.changed === null) {
      location.reload();
      return;
    }
    const styles = news.changed.map((path) => (path.endsWith(".css") ? linksTo(path) : []));
    if (styles.some((links) => links.length === 0)) {
      location.reload();
    } else {
      styles.flat().forEach(swap);
    }
  };

  // The next run of the server has other paths, so that only a reload finds them.
  const waitForServer = () => {
    setTimeout(async () => {
      try {
        const answer = await fetch(location.href, { method: "HEAD", cache: "no-store" });
        if (answer.ok || answer.status === 404) {
          location.reload();
          return;
        }
      } catch {
        // Still away.
      }
      waitForServer();
    }, 1000);
  };

  const connect = () => {
    const url = new URL(socketPath, location.href);
    url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
    url.searchParams.set("version", version);
    // The server tells of no other document.
    url.searchParams.set("page", location.pathname);
    const socket = new WebSocket(url);
    let leaving = false;
    addEventListener("pagehide", () => (leaving = true));
    socket.addEventListener("message", (event) => follow(JSON.parse(event.data)));
    socket.addEventListener("close", () => leaving || waitForServer());
  };

  connect();
})();
