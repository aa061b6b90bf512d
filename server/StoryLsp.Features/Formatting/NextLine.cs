using StoryLsp.Features.Completion;
using StoryLsp.Features.Fields;
using StoryLsp.Index;
using StoryLsp.Language.Documents;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Features.Formatting;

/// <summary>What begins a new line of YAML behind the one that a writer has ended with Enter.</summary>
internal sealed class NextLine(Snapshot snapshot, Document document, int offset, FormatOptions options)
{
    private readonly SourceText _text = document.Text;

    public IReadOnlyList<TextEdit> Edits()
    {
        var area = TextArea.At(document.Facts.Kind, _text, offset);
        var number = _text.Lines.GetLine(offset);
        if (area.Kind != AreaKind.Yaml || number == 0 || !_text.Text.AsSpan(LineOf(number).Start, LineOf(number).Length).IsWhiteSpace() || LineOf(number - 1).Start < area.Span.Start)
        {
            return [];
        }

        var above = new LineAbove(_text, LineOf(number - 1));
        if (above.IsNothing || GoesOn(above))
        {
            return [];
        }

        if (above.IsEmptyItem)
        {
            return EndList(above, number, area);
        }

        return Lead(above, area, number) is { } lead ? Begin(LineOf(number), lead) : [];
    }

    // Null: nothing that the editor's own indentation would not do, or nothing that is sure.
    private string? Lead(LineAbove above, TextArea area, int number)
    {
        if (above.Key is null)
        {
            return above.Dash >= 0 ? Spaces(above.Dash) + "- " : null;
        }

        if (above.HasValue)
        {
            return above.OpensBlockText ? Spaces(above.Column + options.IndentSize) : Spaces(above.Column);
        }

        var child = LineBelow(number, above.Column);
        var shape = ShapeOf(area, above);
        if (shape is { IsList: true } && shape.Field?.Name != "manuscript")
        {
            return Spaces(child is { IsItem: true } item ? item.Column : above.Column + options.IndentSize) + "- ";
        }

        return shape is { IsMapping: true, IsList: false } && shape.Field?.Type != Language.Schemas.FieldType.Reference ? Spaces(above.Column + options.IndentSize) : null;
    }

    // Enter in an item that has nothing in it yet ends the list, where there is one to end.
    private IReadOnlyList<TextEdit> EndList(LineAbove above, int number, TextArea area)
    {
        var before = number - 2;
        if (before < 0 || LineOf(before).Start < area.Span.Start || above.DashCount > 1)
        {
            return [];
        }

        var previous = new LineAbove(_text, LineOf(before));
        if (previous.Dash != above.Dash || previous.IsEmptyItem)
        {
            return [];
        }

        // The empty item's line is where the next key goes: the one that was typed is taken back.
        return [new(TextSpan.FromBounds(above.Line.Start, LineOf(number).End), Spaces(ParentColumn(before, above.Dash)))];
    }

    private int ParentColumn(int line, int dash)
    {
        for (; line >= 0; line--)
        {
            var above = new LineAbove(_text, LineOf(line));
            if (!above.IsNothing && above.Key is not null && (above.Column < dash || (above.Column == dash && above.Dash < 0)))
            {
                return above.Column;
            }
        }

        return 0;
    }

    // The line above is, or begins, a value of several lines.
    private bool GoesOn(LineAbove above)
    {
        var area = TextArea.At(document.Facts.Kind, _text, offset);
        if (YamlCursor.At(_text.Text, area.Span, offset) is not { InFlow: false, Quote: '\0' } && !above.OpensBlockText)
        {
            return true;
        }

        var tree = document.YamlRegions.FirstOrDefault(region => region.Span.Touches(above.Content))?.Tree;
        return tree is null || tree.Documents.Any(part => part.Root is { } root && IsInsideOf(root, above));
    }

    private static bool IsInsideOf(YamlNode node, LineAbove above)
    {
        if (node.Span.Start > above.Line.End || node.Span.End < above.Line.Start)
        {
            return false;
        }

        return node switch
        {
            YamlMapping { IsFlow: false } mapping => mapping.Entries.Any(entry => IsInsideOf(entry.Value, above)),
            YamlSequence { IsFlow: false } sequence => sequence.Items.Any(item => IsInsideOf(item, above)),
            YamlScalar { Style: YamlScalarStyle.Plain or YamlScalarStyle.Literal or YamlScalarStyle.Folded } => node.Span.Start < above.Line.Start && node.Span.End > above.Content,
            _ => node.Span.Start < above.Line.Start ? node.Span.End > above.Content : node.Span.End > above.Line.End,
        };
    }

    private Shape? ShapeOf(TextArea area, LineAbove above)
    {
        // A place in the value of the key: behind its colon.
        if (YamlCursor.At(_text.Text, area.Span, above.Line.End) is not { Position: YamlPosition.Value } cursor)
        {
            return null;
        }

        var shapes = new Shapes(snapshot.Schemas, snapshot.Settings);
        return shapes.Walk(Completions.RootShape(shapes, document, area, offset), cursor.Path);
    }

    private (int Column, bool IsItem)? LineBelow(int number, int column)
    {
        for (var line = number + 1; line < _text.LineCount; line++)
        {
            var below = new LineAbove(_text, LineOf(line));
            if (!below.IsNothing)
            {
                return below.Dash >= column ? (below.Dash, true) : (below.Column, false);
            }

            if (!_text.Text.AsSpan(LineOf(line).Start, LineOf(line).Length).IsWhiteSpace())
            {
                break;
            }
        }

        return null;
    }

    private List<TextEdit> Begin(TextSpan line, string lead)
    {
        var written = _text.Slice(line);
        if (written == lead)
        {
            return [];
        }

        return lead.StartsWith(written, StringComparison.Ordinal) && offset == line.End
            ? [new(new TextSpan(line.End, 0), lead[written.Length..])]
            : [new(line, lead)];
    }

    private TextSpan LineOf(int number) => _text.GetLineSpan(number);

    private static string Spaces(int count) => new(' ', count);
}
