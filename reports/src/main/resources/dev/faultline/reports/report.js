(function () {
  'use strict';
  var copy = document.getElementById('copy');
  var command = document.getElementById('again');
  copy.hidden = false;
  copy.addEventListener('click', function () {
    function done(ok) {
      copy.textContent = ok ? 'Copied' : 'Press Ctrl+C';
      setTimeout(function () { copy.textContent = 'Copy'; }, 1500);
    }
    function select() {
      var range = document.createRange();
      range.selectNodeContents(command);
      var selection = getSelection();
      selection.removeAllRanges();
      selection.addRange(range);
      done(document.execCommand('copy'));
    }
    if (navigator.clipboard) {
      navigator.clipboard.writeText(command.textContent).then(function () { done(true); }, select);
    } else {
      select();
    }
  });

  // The whole run: shapes are stretched, labels and axis are placed anew.
  var svg = document.getElementById('run');
  if (!svg) { return; }
  document.querySelectorAll('.js').forEach(function (e) { e.hidden = false; });
  var left = +svg.dataset.left, right = +svg.dataset.right, seconds = +svg.dataset.seconds;
  var zoom = svg.querySelector('.zoom'), axis = svg.querySelector('.axis');
  var labels = svg.querySelectorAll('[data-x]');
  var k = 1, shift = 0;
  function step(least) {
    var power = Math.pow(10, Math.floor(Math.log10(least)));
    return [1, 2, 5, 10].map(function (f) { return f * power; })
      .find(function (s) { return s >= least * 0.999; });
  }
  function draw() {
    k = Math.max(1, Math.min(200, k));
    shift = Math.max((right - left) * (1 - k), Math.min(0, shift));
    zoom.setAttribute('transform', 'translate(' + (left + shift - left * k) + ' 0) scale(' + k + ' 1)');
    labels.forEach(function (label) {
      label.setAttribute('x', left + (label.dataset.x - left) * k + shift + 4);
    });
    while (axis.firstChild) { axis.removeChild(axis.firstChild); }
    var from = -shift / k / (right - left) * seconds, shown = seconds / k, s = step(shown / 10);
    for (var i = Math.ceil(from / s - 1e-9); i * s <= from + shown; i++) {
      var x = left + (i * s - from) / shown * (right - left);
      var text = document.createElementNS(svg.namespaceURI, 'text');
      text.setAttribute('x', x);
      text.setAttribute('y', axis.dataset.y);
      text.setAttribute('class', 'small');
      if (x > right - 40) { text.setAttribute('text-anchor', 'end'); }
      text.textContent = (i * s).toFixed(Math.max(s < 1 ? 1 : 0, -Math.floor(Math.log10(s)))) + (x < left + 60 ? ' s' : '');
      axis.appendChild(text);
    }
  }
  function place(event) {
    var box = svg.getBoundingClientRect();
    return (event.clientX - box.left) / box.width * svg.viewBox.baseVal.width;
  }
  svg.addEventListener('wheel', function (event) {
    var factor = Math.exp(-event.deltaY / 300), was = k, at = place(event) - left;
    if (at < 0 || was === 1 && factor < 1) { return; }
    event.preventDefault();
    k = Math.max(1, Math.min(200, k * factor));
    shift = at - (at - shift) * k / was;
    draw();
  }, { passive: false });
  var grabbed = null;
  svg.addEventListener('pointerdown', function (event) {
    grabbed = place(event) - shift;
    svg.setPointerCapture(event.pointerId);
  });
  svg.addEventListener('pointermove', function (event) {
    if (grabbed !== null) { shift = place(event) - grabbed; draw(); }
  });
  ['pointerup', 'pointercancel'].forEach(function (name) {
    svg.addEventListener(name, function () { grabbed = null; });
  });
  svg.addEventListener('dblclick', function () { k = 1; shift = 0; draw(); });
})();
