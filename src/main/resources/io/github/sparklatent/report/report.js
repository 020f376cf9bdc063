// Draws the charts of the page: each is a div with the options of Apache ECharts in a script element beside it.
(function () {
  'use strict';
  var dark = window.matchMedia('(prefers-color-scheme: dark)');
  var printing = window.matchMedia('print');
  var drawn = [];

  function number(value) {
    if (typeof value !== 'number') return value === null || value === undefined || value === '-' ? '' : String(value);
    var size = Math.abs(value);
    var text = size !== 0 && (size >= 1e9 || size < 1e-4)
      ? value.toExponential(3).replace(/\.?0+e/, 'e')
      : value.toLocaleString('en', { maximumSignificantDigits: Math.max(4, Math.ceil(Math.log10(size + 1))) });
    return text.replace(/-/g, '\u2212');
  }

  function line(name, text, marker) {
    return '<div style="display:flex;justify-content:space-between;gap:18px"><span>' + (marker || '') +
      echarts.format.encodeHTML(name) + '</span><b>' + echarts.format.encodeHTML(text) + '</b></div>';
  }

  function hover(options) {
    return function (points) {
      var list = [].concat(points);
      var named = options.xAxis.type === 'category';
      var x = named ? list[0].name : number(list[0].value[0]) + options.xAxis.unit;
      var text = line(options.xAxis.name, x);
      if (options.tooltip.trigger === 'item' && list[0].seriesName) text = line(list[0].seriesName, '', list[0].marker) + text;
      list.forEach(function (point) {
        var y = named ? point.value : point.value[1];
        if (y === null || y === undefined) return;
        var several = options.tooltip.trigger === 'axis' && options.series.length > 1 && point.seriesName;
        text += line(several ? point.seriesName : options.yAxis.name, number(y) + options.yAxis.unit, several ? point.marker : '');
      });
      return text;
    };
  }

  function themed(text) {
    var style = getComputedStyle(document.documentElement);
    return text.replace(/"var\((--[a-z]+)\)"/g, function (all, name) {
      return JSON.stringify(style.getPropertyValue(name).trim());
    });
  }

  // Returns the height that the legend takes: it wraps.
  function legend(options, width) {
    if (!options.legend.show) return 0;
    var rows = 1, used = 0;
    options.legend.data.forEach(function (name) {
      var entry = 34 + 6.8 * name.length;
      if (used > 0 && used + entry > width - 70) { rows++; used = 0; }
      used += entry;
    });
    return 24 * rows + 4;
  }

  function draw(element) {
    var options = JSON.parse(themed(element.nextElementSibling.textContent));
    var width = element.clientWidth;
    var small = element.classList.contains('small');
    if (small) options.legend.show = false;
    var top = legend(options, width);
    options.textStyle.fontFamily = getComputedStyle(document.body).fontFamily;
    options.legend.width = width - 70;
    // ECharts measures labels smaller than they are drawn.
    options.grid = { containLabel: true, left: small ? 2 : 12, right: 14, bottom: options.xAxis.name ? 26 : 6, top: top + (options.yAxis.name ? 30 : 10) };
    options.tooltip.formatter = hover(options);
    [options.xAxis, options.yAxis].forEach(function (axis) {
      axis.axisLabel.fontSize = small ? 10 : 12;
      if (axis.type !== 'category') axis.axisLabel.formatter = function (value) { return number(value) + axis.unit; };
      if (small) axis.splitNumber = 3;
    });
    options.yAxis.nameTextStyle.align = 'left';
    options.yAxis.nameTextStyle.padding = [0, 0, 0, -20];
    if (!small) {
      var muted = options.xAxis.axisLabel.color;
      options.toolbox = { show: !printing.matches, right: 0, top: -4, itemSize: 13, iconStyle: { borderColor: muted }, showTitle: false, tooltip: { show: true },
        feature: { dataZoom: { title: { zoom: 'Zoom into an area', back: 'Back' }, filterMode: 'none' }, restore: { title: 'Whole chart' } } };
      if (options.dataZoom.length < 2) options.toolbox.feature.dataZoom.yAxisIndex = 'none';
    }
    var chart = echarts.getInstanceByDom(element) || echarts.init(element, null, { renderer: 'svg' });
    chart.setOption(options, true);
    var svg = element.querySelector('svg'); // scales with the paper
    svg.setAttribute('viewBox', '0 0 ' + width + ' ' + element.clientHeight);
    svg.setAttribute('aria-hidden', 'true');
    return chart;
  }

  function drawAll() {
    drawn = Array.prototype.map.call(document.querySelectorAll('.chart'), draw);
  }

  drawAll();
  dark.addEventListener('change', drawAll);
  printing.addEventListener('change', drawAll); // paper is light
  var waiting;
  window.addEventListener('resize', function () {
    clearTimeout(waiting);
    waiting = setTimeout(function () {
      if (printing.matches) return;
      drawn.forEach(function (chart) { chart.resize(); });
      drawAll();
    }, 100);
  });
})();
