// Copies: the tables as CSV, certificates and commands as they are. The page says all without it.
(function () {
  "use strict";
  function cell(text) {
    var plain = text.replace(/\u2212/g, "-").trim();
    if (/^[+-]?[0-9][0-9,]*(\.[0-9]+)?$/.test(plain)) plain = plain.replace(/,/g, "");
    return /[",\n]/.test(plain) ? '"' + plain.replace(/"/g, '""') + '"' : plain;
  }
  function csv(table) {
    return Array.from(table.rows)
      .map(function (row) {
        return Array.from(row.cells).map(function (c) { return cell(c.textContent); }).join(",");
      })
      .join("\n");
  }
  function button(label, before, text) {
    if (!navigator.clipboard) return;
    var made = document.createElement("button");
    made.type = "button";
    made.textContent = label;
    made.addEventListener("click", function () {
      navigator.clipboard.writeText(text()).then(
        function () { made.textContent = "Copied"; },
        function () { made.textContent = "Copying is not allowed here"; });
    });
    before.after(made);
  }
  document.querySelectorAll("table.wide, table.heat").forEach(function (table) {
    button("Copy table as CSV", table.closest(".scroll") || table, function () { return csv(table); });
  });
  document.querySelectorAll("pre").forEach(function (pre) {
    button("Copy", pre, function () { return pre.textContent; });
  });
})();
