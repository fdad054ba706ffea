// What a menu offers.

interface MenuItem {
  readonly id: string;
  readonly text: string;
  readonly note?: string | undefined;
  readonly current?: boolean;
  readonly disabled?: boolean;
  readonly testid?: string;
  readonly choose: () => void;
}

export interface MenuGroup {
  readonly heading: string;
  readonly items: readonly MenuItem[];
}
