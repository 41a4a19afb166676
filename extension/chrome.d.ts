/** What the extension uses of the browsers' extension APIs, and no more. */
declare namespace chrome {
  interface Tab {
    id?: number;
  }

  interface Event<Listener> {
    addListener(listener: Listener): void;
  }

  namespace action {
    const onClicked: Event<(tab: Tab) => void>;
    function setBadgeBackgroundColor(details: { tabId: number; color: string }): Promise<void>;
    function setBadgeText(details: { tabId: number; text: string }): Promise<void>;
    function setTitle(details: { tabId: number; title: string }): Promise<void>;
  }

  namespace i18n {
    function getMessage(name: string): string;
  }

  namespace runtime {
    /** A listener that returns `true` responds later. */
    const onMessage: Event<(message: any, sender: { tab?: Tab }, respond: (answer?: unknown) => void) => boolean>;
    function sendMessage(message: unknown): Promise<any>;
  }

  namespace scripting {
    function executeScript(injection: { target: { tabId: number }; files: string[] }): Promise<unknown>;
  }
}
