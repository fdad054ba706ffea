// What a menu offers.

export interface MenuItem {
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
