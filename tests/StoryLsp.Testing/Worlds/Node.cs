using System.Text;

namespace StoryLsp.Testing.Worlds;

/// <summary>A value of YAML as a writer would set it down. Texts may hold marks (see <see cref="Marks"/>).</summary>
public abstract class Node
{
    /// <summary>A text is a scalar.</summary>
    public static implicit operator Node(string text) => new Scalar(text);

    /// <summary>Texts in one line, in brackets.</summary>
    public static Seq List(params IEnumerable<Node> items) => new([.. items], true);

    /// <summary>Texts in one line, in brackets.</summary>
    public static Seq Texts(IEnumerable<string> items) => new([.. items.Select(item => (Node)item)], true);

    /// <summary>One item on each line.</summary>
    public static Seq Lines(params IEnumerable<Node> items) => new([.. items], false);

    /// <summary>A mapping in one line, in braces.</summary>
    public static Map Flow(params (string Key, Node Value)[] entries) => new([.. entries.Select(entry => new Field(entry.Key, entry.Value))], true);

    /// <summary>A mapping with one key on each line.</summary>
    public static Map Block(params (string Key, Node Value)[] entries) => new([.. entries.Select(entry => new Field(entry.Key, entry.Value))], false);

    /// <summary>The value in one line.</summary>
    public abstract string InLine(bool inFlow);

    /// <summary>Writes the value behind a key that has been written.</summary>
    internal abstract void Write(StringBuilder into, int indent);
}

/// <summary>A key and its value.</summary>
/// <param name="Key">The key; it may hold marks.</param>
/// <param name="Value">The value.</param>
public sealed record Field(string Key, Node Value);

/// <summary>A scalar. Quotes are set where YAML wants them.</summary>
/// <param name="text">The text; with line breaks it becomes a literal block.</param>
public sealed class Scalar(string text) : Node
{
    /// <summary>The text.</summary>
    public string Text { get; } = text;

    /// <inheritdoc/>
    public override string InLine(bool inFlow)
    {
        var plain = Marks.Strip(Text);
        return IsPlain(plain, inFlow) ? Text
            : plain.Contains('"', StringComparison.Ordinal) || plain.Contains('\\', StringComparison.Ordinal) ? "'" + Text.Replace("'", "''", StringComparison.Ordinal) + "'"
            : "\"" + Text + "\"";
    }

    /// <inheritdoc/>
    internal override void Write(StringBuilder into, int indent)
    {
        if (!Text.Contains('\n', StringComparison.Ordinal))
        {
            into.Append(' ').Append(InLine(false)).Append('\n');
            return;
        }

        into.Append(" |\n");
        foreach (var line in Text.Split('\n'))
        {
            into.Append(' ', indent + 2).Append(line).Append('\n');
        }
    }

    private static bool IsPlain(string text, bool inFlow)
    {
        if (text.Length == 0 || text != text.Trim() || text.EndsWith(':') || text.Contains(": ", StringComparison.Ordinal) || text.Contains(" #", StringComparison.Ordinal))
        {
            return false;
        }

        return !(inFlow && text.AsSpan().IndexOfAny(",[]{}") >= 0) && "[]{}\"'&*!|>%@`#,-?:".IndexOf(text[0], StringComparison.Ordinal) < 0;
    }
}

/// <summary>YAML that is set down exactly as it is, right behind the colon.</summary>
/// <param name="text">The text, without the last line end.</param>
public sealed class Raw(string text) : Node
{
    /// <inheritdoc/>
    public override string InLine(bool inFlow) => text;

    /// <inheritdoc/>
    internal override void Write(StringBuilder into, int indent) => into.Append(text.StartsWith('\n') ? "" : " ").Append(text).Append('\n');
}

/// <summary>A list.</summary>
/// <param name="items">The items.</param>
/// <param name="flow">Whether it is written in one line.</param>
public sealed class Seq(List<Node> items, bool flow) : Node
{
    /// <summary>The items.</summary>
    public List<Node> Items { get; } = items;

    /// <inheritdoc/>
    public override string InLine(bool inFlow) => "[" + string.Join(", ", Items.Select(item => item.InLine(true))) + "]";

    /// <inheritdoc/>
    internal override void Write(StringBuilder into, int indent)
    {
        if (flow || Items.Count == 0)
        {
            into.Append(' ').Append(InLine(false)).Append('\n');
            return;
        }

        into.Append('\n');
        foreach (var item in Items)
        {
            into.Append(' ', indent + 2).Append('-');
            if (item is Map { IsFlow: false } map)
            {
                into.Append(' ');
                map.WriteEntries(into, indent + 4, isFirstPlaced: true);
            }
            else
            {
                item.Write(into, indent + 2);
            }
        }
    }
}

/// <summary>A mapping.</summary>
/// <param name="entries">Its keys and values.</param>
/// <param name="flow">Whether it is written in one line.</param>
public sealed class Map(List<Field> entries, bool flow) : Node
{
    /// <summary>Its keys and values.</summary>
    public List<Field> Entries { get; } = entries;

    /// <summary>Whether it is written in one line.</summary>
    public bool IsFlow => flow;

    /// <inheritdoc/>
    public override string InLine(bool inFlow) => "{" + string.Join(", ", Entries.Select(entry => entry.Key + ": " + entry.Value.InLine(true))) + "}";

    /// <summary>Writes the keys with their values, one on each line.</summary>
    public void WriteEntries(StringBuilder into, int indent, bool isFirstPlaced = false)
    {
        foreach (var entry in Entries)
        {
            into.Append(' ', isFirstPlaced ? 0 : indent).Append(entry.Key).Append(':');
            isFirstPlaced = false;
            entry.Value.Write(into, indent);
        }
    }

    /// <inheritdoc/>
    internal override void Write(StringBuilder into, int indent)
    {
        if (flow || Entries.Count == 0)
        {
            into.Append(' ').Append(InLine(false)).Append('\n');
            return;
        }

        into.Append('\n');
        WriteEntries(into, indent + 2);
    }
}
