using StoryLsp.Language.Text;

namespace StoryLsp.Language.Yaml;

/// <summary>Tags, anchors and aliases.</summary>
internal sealed partial class YamlReader
{
    private const string CoreTag = "tag:yaml.org,2002:";

    private HashSet<string>? _unknownHandles;
    private Dictionary<string, AnchorPlace>? _anchors;
    private List<(YamlAlias Alias, AnchorPlace Place)>? _aliases;

    /// <summary>Where the node of an anchor will be, since an alias can stand inside of it.</summary>
    private sealed class AnchorPlace
    {
        public YamlNode? Node { get; set; }
    }

    private readonly record struct Properties(string? Tag, string? Anchor, AnchorPlace? Place, int Start, int End)
    {
        public bool Any => Tag is not null || Anchor is not null;

        public Properties Over(in Properties inner) => new(
            Tag ?? inner.Tag, Anchor ?? inner.Anchor, Place ?? inner.Place, Any ? Start : inner.Start, inner.Any ? inner.End : End);

        public bool Collides(in Properties inner) =>
            (Tag is not null && inner.Tag is not null) || (Anchor is not null && inner.Anchor is not null);
    }

    private bool AtProperty() => CharAt(_pos) is '&' or '!';

    private static YamlNode Apply(YamlNode node, in Properties properties)
    {
        if (properties.Any)
        {
            node.Tag = properties.Tag;
            node.Anchor = properties.Anchor;
            if (properties.Place is not null)
            {
                properties.Place.Node = node;
            }
        }

        return node;
    }

    /// <summary>Reads tag and anchor in either order, and the spaces behind them.</summary>
    private Properties ReadProperties(bool flow)
    {
        int start = _pos;
        int end = _pos;
        string? tag = null;
        string? anchor = null;
        AnchorPlace? place = null;
        while (AtProperty())
        {
            int at = _pos;
            bool isTag = _s[at] == '!';
            if (isTag ? tag is not null : anchor is not null)
            {
                Report(
                    YamlErrorKind.BadProperty, at, ScanName(at + 1, flow),
                    isTag ? "A value can have one tag (!…) only: remove one." : "A value can have one anchor (&…) only: remove one.");
            }

            if (isTag)
            {
                tag = ReadTag(flow);
            }
            else
            {
                int nameEnd = ScanName(at + 1, flow: true);
                if (nameEnd == at + 1)
                {
                    Report(YamlErrorKind.BadProperty, at, nameEnd, "An & at the beginning of a value names an anchor: put the text in quotes.");
                }

                anchor = Slice(at + 1, nameEnd);
                place = new AnchorPlace();
                (_anchors ??= [])[anchor] = place;
                _pos = nameEnd;
            }

            end = _pos;
            if (!IsBlankOrEnd(_pos) && !(flow && IsFlowIndicator(_s[_pos])))
            {
                Report(
                    YamlErrorKind.BadProperty, at, _pos + 1,
                    "A tag (!…) or an anchor (&…) must be followed by a space: add one, or put the text in quotes.");
                break;
            }

            _pos = SkipSpaces(_pos);
        }

        return new Properties(tag, anchor, place, start, end);
    }

    private int ScanName(int at, bool flow)
    {
        while (at < _end && _s[at] is not (' ' or '\t' or '\n' or '\r') && !(flow && IsFlowIndicator(_s[at])))
        {
            at++;
        }

        return at;
    }

    private string ReadTag(bool flow)
    {
        int start = _pos;
        if (CharAt(start + 1) == '<')
        {
            int lineEnd = LineEnd(start);
            int close = _s.AsSpan(start, lineEnd - start).IndexOf('>');
            if (close < 0)
            {
                Report(YamlErrorKind.BadProperty, start, lineEnd, "This tag begins with !< and has no > at its end.");
                _pos = ScanName(start, flow);
                return "!";
            }

            _pos = start + close + 1;
            return _s[(start + 2)..(_pos - 1)];
        }

        int end = ScanName(start, flow: true);
        if (!flow && end < _end && IsFlowIndicator(_s[end]))
        {
            end = ScanName(start, flow: false);
            Report(YamlErrorKind.BadProperty, start, end, "A tag (!…) cannot hold commas, brackets or braces: put the text in quotes.");
        }

        _pos = end;
        ReadOnlySpan<char> written = _s.AsSpan(start, end - start);
        int second = written[1..].IndexOf('!') + 1;
        string handle = second > 0 ? written[..(second + 1)].ToString() : "!";
        string suffix = Decode(written[handle.Length..]);
        if (_handles is not null)
        {
            foreach ((string known, string prefix) in _handles)
            {
                if (known == handle && suffix.Length > 0)
                {
                    return prefix + suffix;
                }
            }
        }

        if (handle == "!!")
        {
            return CoreTag + suffix;
        }

        if (second > 0 && (_unknownHandles ??= []).Add(handle))
        {
            Report(
                YamlErrorKind.BadProperty, start, end,
                $"The tag handle {handle} is not declared in this document: declare it with %TAG, or put the text in quotes.");
        }

        return handle + suffix;
    }

    private static string Decode(ReadOnlySpan<char> suffix) =>
        suffix.Contains('%') ? Uri.UnescapeDataString(suffix.ToString()) : suffix.ToString();

    /// <summary>Reads an alias; null when what stands here is a text that begins with a star.</summary>
    private YamlAlias? ReadAlias(bool flow)
    {
        int start = _pos;
        int end = ScanName(start + 1, flow: true);
        AnchorPlace? place = null;
        string name = Slice(start + 1, end);
        bool known = name.Length > 0 && _anchors is not null && _anchors.TryGetValue(name, out place);
        if (!known && name.EndsWith(':') && !flow && _anchors is not null && _anchors.TryGetValue(name[..^1], out place))
        {
            Report(
                YamlErrorKind.MissingSpace, start, end, "An alias that is a key needs a space before its colon.",
                InsertSlip("Add a space", end - 1, " "));
            end--;
            name = name[..^1];
            known = true;
        }

        if (!known)
        {
            int after = SkipSpaces(end);
            bool alone = IsBreakOrEnd(after) || (_s[after] == '#' && after > end) || (flow && IsFlowIndicator(_s[after]))
                || (_s[after] == ':' && IsBlankOrEnd(after + 1));
            if (!alone || name.Length == 0 || name.Contains('*') || (name.EndsWith(':') && !flow))
            {
                return null;
            }

            Report(
                YamlErrorKind.UndefinedAlias, start, end,
                $"A value that begins with * refers to an anchor, and no &{name} stands before it: put the text in quotes.",
                QuoteSlip(start, end, _s[start..end]));
        }

        _pos = end;
        var alias = new YamlAlias(TextSpan.FromBounds(start, end), name);
        if (place is not null)
        {
            (_aliases ??= []).Add((alias, place));
        }

        return alias;
    }

    private void LinkAliases()
    {
        if (_aliases is null)
        {
            return;
        }

        foreach ((YamlAlias alias, AnchorPlace place) in _aliases)
        {
            alias.Target = place.Node;
        }

        _aliases.Clear();
    }
}
