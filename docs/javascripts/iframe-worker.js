// A browser starts no worker for a page that is opened from a disk; the search of this site needs one.
// This runs the script of a worker in a hidden frame instead, and loads nothing from elsewhere.
if (location.protocol === "file:") {
  window.Worker = class extends EventTarget {
    constructor(url) {
      super();
      this.frame = document.createElement("iframe");
      this.frame.hidden = true;
      document.body.append(this.frame);
      const inside = this.frame.contentWindow;
      inside.postMessage = (data) => this.deliver(this, data);
      this.loaded = new Promise((resolve, reject) => {
        const script = inside.document.createElement("script");
        script.onload = resolve;
        script.onerror = reject;
        script.src = new URL(url, location);
        inside.document.body.append(script);
      });
      this.addEventListener("message", (event) => this.onmessage?.(event));
      this.loaded.catch((event) => this.onerror?.(event));
    }

    postMessage(data) {
      this.loaded.then(() => this.deliver(this.frame.contentWindow, data));
    }

    deliver(target, data) {
      const copy = structuredClone(data);
      setTimeout(() => target.dispatchEvent(new MessageEvent("message", { data: copy })));
    }

    terminate() {
      this.frame.remove();
    }
  };
}
