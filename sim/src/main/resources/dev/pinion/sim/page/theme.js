// Runs before anything is drawn: light or dark, if the reader has chosen.

const theme = localStorage.getItem('theme');
if (theme) document.documentElement.dataset.theme = theme;
