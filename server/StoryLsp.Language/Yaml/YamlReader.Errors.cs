using StoryLsp.Language.Text;

namespace StoryLsp.Language.Yaml;

/// <summary>How faults are reported: one for each, with the repair where the parser knows it.</summary>
internal sealed partial class YamlReader
{
    private int _errorLine = -1;
    private int _errorEnd = -1;
    private int _tabRunEnd = -1;
    private List<TextEdit>? _tabRun;

    private readonly record struct Mark(
        int Pos, int LineStart, int First, int Shift, int Errors, int Comments, int ErrorLine, int ErrorEnd, int Items, int Entries,
        int OpenColumns, int TabRunEnd, int TabRunLength);

    private Mark Here() => new(
        _pos, _lineStart, _first, _shift, _errors.Count, _comments.Count, _errorLine, _errorEnd, _items.Count, _entries.Count,
        _openColumns, _tabRunEnd, _tabRun?.Count ?? 0);

    /// <summary>Goes back to a place, and takes back what was reported since.</summary>
    private void Rewind(in Mark mark)
    {
        _pos = mark.Pos;
        _lineStart = mark.LineStart;
        _first = mark.First;
        _shift = mark.Shift;
        _errors.RemoveRange(mark.Errors, _errors.Count - mark.Errors);
        _comments.RemoveRange(mark.Comments, _comments.Count - mark.Comments);
        _items.RemoveRange(mark.Items, _items.Count - mark.Items);
        _entries.RemoveRange(mark.Entries, _entries.Count - mark.Entries);
        _errorLine = mark.ErrorLine;
        _errorEnd = mark.ErrorEnd;
        _openColumns = mark.OpenColumns;
        _tabRunEnd = mark.TabRunEnd;
        if (_tabRun?.Count > mark.TabRunLength && mark.TabRunLength > 0)
        {
            _tabRun.RemoveRange(mark.TabRunLength, _tabRun.Count - mark.TabRunLength);
        }
    }

    /// <summary>Reports a fault on the current line; a second one on the same line is mostly an echo of the first and is left out.</summary>
    private void Report(YamlErrorKind kind, int start, int end, string message, YamlSlip? slip = null) =>
        ReportOn(_lineStart, kind, start, end, message, slip);

    private void ReportOn(int lineStart, YamlErrorKind kind, int start, int end, string message, YamlSlip? slip = null)
    {
        bool ofItsOwn = kind is YamlErrorKind.ReservedCharacter or YamlErrorKind.CurlyQuotes or YamlErrorKind.UndefinedAlias && start >= _errorEnd;
        if ((lineStart >= 0 && lineStart == _errorLine && !ofItsOwn) || _errors.Count >= MaxErrors)
        {
            return;
        }

        _errorLine = lineStart;
        _errorEnd = end;
        _errors.Add(new YamlError(kind, TextSpan.FromBounds(start, Math.Max(start, end)), message, slip));
    }

    private static YamlSlip QuoteSlip(int start, int end, string value) =>
        new("Put the text in quotes", [new TextEdit(TextSpan.FromBounds(start, end), Quote(value))]);

    private static YamlSlip InsertSlip(string title, int at, string text) => new(title, [new TextEdit(new TextSpan(at, 0), text)]);

    /// <summary>Writes a text in quotes: double ones, or single ones where the text itself holds double quotes or backslashes.</summary>
    private static string Quote(string value)
    {
        bool plain = value.AsSpan().IndexOfAny('"', '\\', '\n') < 0;
        if (plain)
        {
            return "\"" + value + "\"";
        }

        return value.Contains('\n')
            ? "\"" + value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)
                .Replace("\n", "\\n", StringComparison.Ordinal) + "\""
            : "'" + value.Replace("'", "''", StringComparison.Ordinal) + "'";
    }

    /// <summary>
    /// Decides what a line indented with tabs means, reports it where tabs may not stand, and sets the column that was meant.
    /// </summary>
    /// <param name="parent">The column of the collection around the place.</param>
    /// <param name="deepest">The deepest column that can be meant here, or -1 when a level may begin.</param>
    private void ReadTabs(int parent, int deepest)
    {
        bool entry = LooksLikeEntry(_pos) || (CharAt(_pos) is '?' or ':' && IsBlankOrEnd(_pos + 1));
        int spaces = _tab - _lineStart;
        if (!entry && spaces > parent && deepest < 0)
        {
            return;
        }

        int wanted = MeantColumn(spaces);
        if (!entry && wanted <= parent && deepest < 0)
        {
            wanted = parent + 2;
        }

        if (deepest >= 0 && wanted > deepest)
        {
            wanted = deepest;
        }

        ReportTab(_lineStart, _pos, wanted);
        _shift = wanted - (_pos - _lineStart);
    }

    private int MeantColumn(int spaces)
    {
        int tabs = 0;
        int behind = 0;
        for (int i = _tab; i < _pos; i++)
        {
            bool tab = _s[i] == '\t';
            tabs += tab ? 1 : 0;
            behind = tab ? 0 : behind + 1;
        }

        // One tab is one level below the deepest open level that the spaces before it reach.
        int level = -1;
        int column = 0;
        int last = -1;
        int wantedLevel = tabs;
        for (int i = 0; i < _openColumns; i++)
        {
            if (_columns[i] == last)
            {
                continue;
            }

            last = _columns[i];
            level++;
            if (level > 0 && last <= spaces)
            {
                wantedLevel++;
            }

            if (level <= wantedLevel)
            {
                column = last;
            }
        }

        return level < wantedLevel ? column + (2 * (wantedLevel - Math.Max(level, 0))) + behind : column + behind;
    }

    /// <summary>Reports a line indented with tabs; lines right below each other are one finding with one repair.</summary>
    private void ReportTab(int lineStart, int contentStart, int wanted)
    {
        var edit = new TextEdit(TextSpan.FromBounds(lineStart, contentStart), new string(' ', Math.Max(0, wanted)));
        if (lineStart == _tabRunEnd && _tabRun is not null)
        {
            _tabRun.Add(edit);
            _errorLine = lineStart;
        }
        else if (lineStart != _errorLine && _s.IndexOf('\t', lineStart, contentStart - lineStart) is int tab and >= 0)
        {
            _tabRun = [edit];
            ReportOn(
                lineStart, YamlErrorKind.TabIndentation, tab, contentStart,
                "This line is indented with a tab. YAML counts spaces only: replace the tab with spaces.",
                new YamlSlip("Replace tabs with spaces", _tabRun));
        }

        int end = LineEnd(contentStart);
        _tabRunEnd = end < _end ? AfterBreak(end) : -1;
    }
}
