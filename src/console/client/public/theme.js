// Runs before the first paint, so that a chosen theme does not flash. A file of its own: the content policy allows no inline script.
(function () {
  try {
    var theme = localStorage.getItem('dering.theme');
    if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
    if (localStorage.getItem('dering.density') === 'compact')
      document.documentElement.dataset.density = 'compact';
  } catch {
    // Storage may be blocked; the system's theme stands.
  }
})();
