"""``uppfoljning``: the plans of several terms and years together, as report and workbook, without anybody's name."""
