// The pre-publish panel: what recoupe finds in the story, between « Publish » and « Publish ».
(function (wp, settings) {
  'use strict';

  const { createElement: el, useEffect, useState } = wp.element;
  const { useDispatch, useSelect } = wp.data;
  // It moved in WordPress 6.6.
  const { PluginPrePublishPanel } = wp.editor.PluginPrePublishPanel ? wp.editor : wp.editPost;
  const { Button, Spinner } = wp.components;

  const FRENCH = settings.lang === 'fr';
  const WORDS = FRENCH
    ? {
        title: 'Recoupement',
        none: 'Rien à signaler.',
        away: 'recoupe ne répond pas : ',
        again: 'Vérifier à nouveau',
        held: 'À corriger avant de publier.',
        levels: { error: 'erreur', warning: 'avertissement', note: 'note' },
      }
    : {
        title: 'Cross-check',
        none: 'Nothing to report.',
        away: 'recoupe does not answer: ',
        again: 'Check again',
        held: 'To be mended before publishing.',
        levels: { error: 'error', warning: 'warning', note: 'note' },
      };

  const escaped = (text) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');

  /** The story as the service is to read it: its title is the headline, its excerpt the standfirst. */
  function story(select) {
    const editor = select('core/editor');
    const title = editor.getEditedPostAttribute('title') || '';
    const excerpt = editor.getEditedPostAttribute('excerpt') || '';
    const date = editor.getEditedPostAttribute('date') || '';
    const standfirst = excerpt ? `<p class="standfirst">${escaped(excerpt)}</p>` : '';
    return {
      text: `<article><h1>${escaped(title)}</h1>${standfirst}${editor.getEditedPostContent()}</article>`,
      published: date.slice(0, 10),
    };
  }

  function Finding({ finding }) {
    const places = finding.labels.map((label, i) =>
      el('li', { key: i }, `« ${label.text} »`, label.message ? ` — ${label.message}` : ''),
    );
    return el(
      'div',
      { style: { marginBottom: '1em' } },
      el('strong', null, `${WORDS.levels[finding.level] || finding.level}${FRENCH ? '\u00a0' : ''}: `),
      finding.message,
      el('ul', { style: { listStyle: 'disc', paddingLeft: '1.5em' } }, places),
      finding.help ? el('em', null, finding.help) : null,
    );
  }

  function Panel() {
    const { text, published } = useSelect(story, []);
    const { lockPostSaving, unlockPostSaving } = useDispatch('core/editor');
    const [state, setState] = useState({ busy: true });
    const [turn, setTurn] = useState(0);

    useEffect(() => {
      let current = true;
      setState({ busy: true });
      const data = { text, ui_lang: FRENCH ? 'fr' : 'en' };
      if (/^\d{4}-\d{2}-\d{2}$/.test(published)) {
        data.published = published;
      }
      wp.apiFetch({ path: '/recoupe/v1/check', method: 'POST', data }).then(
        (file) => current && setState({ findings: file.findings }),
        // A service that is away holds up no story.
        (error) => current && setState({ error: error.message || String(error) }),
      );
      return () => {
        current = false;
      };
    }, [text, published, turn]);

    const held = Boolean(settings.holds && state.findings && state.findings.some((f) => f.level === 'error'));
    useEffect(() => {
      if (!held) {
        return undefined;
      }
      lockPostSaving('recoupe');
      return () => unlockPostSaving('recoupe');
    }, [held]);

    const count = state.findings ? state.findings.length : 0;
    const inside = state.busy
      ? el(Spinner)
      : state.error
        ? el('p', null, WORDS.away, state.error)
        : count === 0
          ? el('p', null, WORDS.none)
          : state.findings.map((finding) => el(Finding, { key: finding.fingerprint, finding }));
    return el(
      PluginPrePublishPanel,
      { name: 'recoupe', title: count ? `${WORDS.title} (${count})` : WORDS.title, initialOpen: true },
      held ? el('p', null, el('strong', null, WORDS.held)) : null,
      el('div', { role: 'status' }, inside),
      el(Button, { variant: 'secondary', disabled: Boolean(state.busy), onClick: () => setTurn(turn + 1) }, WORDS.again),
    );
  }

  wp.plugins.registerPlugin('recoupe', { render: Panel });
})(window.wp, window.recoupe);
