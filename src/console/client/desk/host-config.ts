/** How Adaptive Cards look here: our tokens, which follow light and dark by themselves. */
export const HOST_CONFIG = {
  supportsInteractivity: true,
  fontFamily: 'inherit',
  fontSizes: { small: 13, default: 14, medium: 15, large: 17, extraLarge: 20 },
  fontWeights: { lighter: 400, default: 400, bolder: 600 },
  lineHeights: { small: 18, default: 20, medium: 22, large: 24, extraLarge: 28 },
  spacing: { small: 4, default: 8, medium: 12, large: 16, extraLarge: 24, padding: 12 },
  separator: { lineThickness: 1, lineColor: 'var(--line)' },
  containerStyles: {
    default: style('transparent'),
    emphasis: style('var(--paper-2)'),
    accent: style('var(--accent-soft)'),
    good: style('var(--good-soft)'),
    attention: style('var(--late-soft)'),
    warning: style('var(--soon-soft)'),
  },
  actions: {
    maxActions: 10,
    spacing: 'default',
    buttonSpacing: 8,
    showCard: { actionMode: 'inline', inlineTopMargin: 12, style: 'emphasis' },
    actionsOrientation: 'horizontal',
    actionAlignment: 'left',
  },
  inputs: {
    label: {
      inputSpacing: 'small',
      requiredInputs: { weight: 'bolder', color: 'default', suffix: ' *', suffixColor: 'attention' },
      optionalInputs: { weight: 'bolder', color: 'default' },
    },
    errorMessage: { size: 'small', color: 'attention', weight: 'default', spacing: 'small' },
  },
  factSet: {
    title: {
      color: 'default',
      size: 'default',
      isSubtle: true,
      weight: 'default',
      wrap: true,
      maxWidth: 160,
    },
    value: { color: 'default', size: 'default', isSubtle: false, weight: 'default', wrap: true },
    spacing: 16,
  },
} as const;

function style(backgroundColor: string): object {
  const colour = (name: string, subtle = name): object => ({
    default: `var(--${name})`,
    subtle: `var(--${subtle})`,
  });
  return {
    backgroundColor,
    foregroundColors: {
      default: colour('ink', 'ink-2'),
      dark: colour('ink', 'ink-2'),
      light: colour('ink-3'),
      accent: colour('accent-text'),
      good: colour('good'),
      warning: colour('soon'),
      attention: colour('late'),
    },
  };
}
