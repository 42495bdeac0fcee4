/** The import directions of ARCHITECTURE.md as a check that runs with the tests. */
const only = (folder, allowed, { typesFromModels = false } = {}) => {
  const allow = [folder, ...allowed].map((name) => `^src/${name}(/|$|\\.ts$)`);
  const rules = [
    {
      name: `${folder.replace('/', '-')}-imports`,
      severity: 'error',
      from: { path: `^src/${folder}/` },
      to: { path: '^src/', pathNot: typesFromModels ? [...allow, '^src/models/'] : allow },
    },
  ];
  if (typesFromModels)
    rules.push({
      name: `${folder.replace('/', '-')}-models-types-only`,
      severity: 'error',
      from: { path: `^src/${folder}/` },
      to: { path: '^src/models/', dependencyTypesNot: ['type-only'] },
    });
  return rules;
};

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-orphan-packages', severity: 'error', from: { path: '^src' }, to: { couldNotResolve: true } },
    {
      name: 'no-dev-packages',
      severity: 'error',
      from: { path: '^src', pathNot: '/client/' },
      to: { dependencyTypes: ['npm-dev'] },
    },
    {
      name: 'driver-stays-in-models',
      comment: 'models is the only place that knows the driver; the embedded server speaks its protocol.',
      severity: 'error',
      from: { path: '^src', pathNot: '^src/(models|embedded-mongo|scheduler)/' },
      to: { path: 'node_modules/(mongoose|mongodb|bson|lmdb)/' },
    },
    ...only('shared', []),
    ...only('language', ['shared']),
    ...only('embedded-mongo', []),
    ...only('models', ['shared']),
    ...only('documents', ['shared'], { typesFromModels: true }),
    ...only('reports', ['models', 'shared']),
    ...only('services', ['documents', 'language', 'models', 'shared']),
    ...only('conversation', ['services', 'shared'], { typesFromModels: true }),
    ...only('dialogs', ['conversation', 'language', 'services', 'shared'], { typesFromModels: true }),
    ...only('channels', ['conversation', 'shared']),
    ...only('console', ['conversation', 'services', 'reports', 'shared'], { typesFromModels: true }),
    ...only('scheduler', ['conversation', 'services', 'reports', 'shared'], { typesFromModels: true }),
    {
      name: 'channels-apart',
      severity: 'error',
      from: { path: '^src/channels/([^/]+)/' },
      to: { path: '^src/channels/[^/]+/', pathNot: '^src/channels/$1/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
    },
  },
};
