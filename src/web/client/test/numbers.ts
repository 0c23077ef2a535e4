/** The same numbers for the same seed: each call returns one from 0 up to a bound. */
export function numbers(seed: number): (below: number) => number {
  let state = seed * 2654435761;
  return below => {
    state = (Math.imul(state ^ (state >>> 15), 2246822519) + 374761393) >>> 0;
    return (state >>> 8) % below;
  };
}

export const pause = (milliseconds: number): Promise<void> => new Promise(resolve => setTimeout(resolve, milliseconds));
