// Gongkai's review pages. What all of them use.
//
// Everything that comes from a document goes into the page as text (plain()),
// never as HTML.
'use strict';

const data = JSON.parse(document.getElementById('data').textContent);

// What the address asks for, else what the page was made with.
let language = ({'#zh': 'zh', '#en': 'en'})[location.hash] || data.language;

function say(zh, en) {
  return language === 'en' ? en : zh;
}

// The field in the language of the page: "message" or "message_en".
function field(object, name) {
  return (language === 'en' && object[name + '_en']) || object[name] || '';
}

// Characters that are not seen, but change how what is beside them is read or
// in which order it stands.
const kUnseen = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/;

// Text as nodes; what is not seen stands there by its number.
function plain(text) {
  const fragment = document.createDocumentFragment();
  for (const part of String(text).split(new RegExp(`(${kUnseen.source})`))) {
    if (part.length === 1 && kUnseen.test(part)) {
      const mark = document.createElement('span');
      mark.className = 'unseen';
      mark.textContent =
          'U+' + part.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
      fragment.append(mark);
    } else if (part) {
      fragment.append(part);
    }
  }
  return fragment;
}

// An element: el('a.quiet', {href: '…', onclick: …}, 'text', otherElement).
// Strings become text.
function el(name, attributes, ...children) {
  const [tag, ...classes] = name.split('.');
  const element = document.createElement(tag);
  if (classes.length > 0) element.className = classes.join(' ');
  for (const [key, value] of Object.entries(attributes || {})) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith('on')) {
      element.addEventListener(key.slice(2), value);
    } else {
      element.setAttribute(key, value === true ? '' : value);
    }
  }
  for (const child of children.flat(Infinity)) {
    // What is not there, as of `condition && element`.
    if (child === undefined || child === null || child === false || child === '') {
      continue;
    }
    element.append(child instanceof Node ? child : plain(child));
  }
  return element;
}

// A switch to the other language; `render` draws the page anew.
function languageSwitch(render) {
  return el('button.switch', {
    type: 'button',
    lang: say('en', 'zh-CN'),
    onclick: () => {
      language = say('en', 'zh');
      history.replaceState(null, '', '#' + language);
      render();
      document.querySelector('.switch').focus();
    },
  }, say('English', '中文'));
}

// Begins a page anew in the language that is chosen.
function clearPage(title) {
  document.documentElement.lang = say('zh-CN', 'en');
  document.title = title.replace(new RegExp(kUnseen.source, 'g'), '');
  for (const element of [...document.body.children]) {
    if (element.tagName !== 'SCRIPT') element.remove();
  }
}

const kSeverities = ['ERROR', 'WARNING', 'INFO', 'NOT_ASSESSABLE'];

function severityWord(severity) {
  return {
    ERROR: say('错误', 'Error'),
    WARNING: say('提醒', 'Warning'),
    INFO: say('提示', 'Note'),
    NOT_ASSESSABLE: say('未能核验', 'Not assessable'),
  }[severity] || severity;
}
