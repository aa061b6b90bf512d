namespace StoryLsp.Features.Formatting;

/// <summary>Where comments on lines of their own go: with the keys that they stand in line with, above them or below.</summary>
internal sealed class CommentColumns
{
    // A comment further from its keys than that is left to the next one.
    private const int FurthestBack = 512;

    private readonly YamlLines _lines;
    private readonly YamlColumns _columns;
    private readonly List<MovedColumn> _moved;
    private int _next;

    public CommentColumns(YamlLines lines, YamlColumns columns)
    {
        _lines = lines;
        _columns = columns;
        _moved = columns.Moved;
    }

    /// <summary>The new column of a line that is no part of a value; lines are asked for in their order.</summary>
    public int Of(int line)
    {
        while (_next < _moved.Count && _moved[_next].Line <= line)
        {
            _next++;
        }

        var column = _lines.Content(line) - _lines.Start(line);
        MovedColumn? below = _next < _moved.Count && !MarkerBetween(line, _moved[_next].Line) ? _moved[_next] : null;
        if (below is { } same && same.Old == column)
        {
            return same.New;
        }

        var above = _next - 1;
        var open = OpenAt(above, column);
        if (open >= 0 && _moved[open].Old == column)
        {
            return _moved[open].New;
        }

        if (above >= 0 && column > _moved[above].Old && !MarkerBetween(_moved[above].Line, line))
        {
            // It stands for entries beneath a key that has none. Behind a block of text it must not become one of its lines.
            return _columns.RoleOf(PreviousFilled(line)) == LineRole.BlockText ? _moved[above].New : _moved[above].New + column - _moved[above].Old;
        }

        return below?.New ?? (open >= 0 ? _moved[open].New : column);
    }

    // The nearest key above that is not deeper than the column, and so still open.
    private int OpenAt(int above, int column)
    {
        for (var i = above; i >= Math.Max(0, above - FurthestBack); i--)
        {
            if (_moved[i].Old <= column)
            {
                return i;
            }
        }

        return -1;
    }

    private int PreviousFilled(int line)
    {
        line--;
        while (line > _lines.First && _columns.RoleOf(line) == LineRole.Free)
        {
            line--;
        }

        return Math.Max(line, _lines.First);
    }

    private bool MarkerBetween(int from, int to)
    {
        for (var line = Math.Max(from, to - FurthestBack); line < to; line++)
        {
            if (_columns.RoleOf(line) == LineRole.Free && _lines.IsMarker(line))
            {
                return true;
            }
        }

        return false;
    }
}
