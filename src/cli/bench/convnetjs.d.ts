// The part of convnetjs 0.3.0 that the benchmark uses; the package has no types.
declare module 'convnetjs' {
  export class Vol {
    constructor(width: number, height: number, depth: number, fill?: number);
    w: Float64Array;
  }
  interface Layer {
    readonly layer_type: string;
    readonly filters: readonly Vol[];
    readonly biases: Vol;
  }
  export class Net {
    readonly layers: readonly Layer[];
    makeLayers(definitions: readonly object[]): void;
  }
  export class Trainer {
    constructor(net: Net, options: object);
    train(input: Vol, label: number): unknown;
  }
}
