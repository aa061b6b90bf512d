using System.Text;

namespace StoryLsp.Features.Tests.Formatting;

/// <summary>One text of YAML twice: as a careless hand lays it out, and as it should be.</summary>
internal sealed class MessyYaml
{
    private static readonly string[] Scalars = ["ada", "\"x: y\"", "'it''s  '", "12", "[a, b]", "{k: v, l: w}", "*base", "!t x", "&a y", "\"林 𠮷\"", "~", "a # note"];

    private readonly Random _random;
    private readonly int _size;
    private readonly int _gap;
    private readonly string _end;
    private readonly StringBuilder _messy = new();
    private readonly StringBuilder _neat = new();
    private int _names;
    private bool _blankIsText;

    private MessyYaml(Random random, int size)
    {
        _random = random;
        _size = size;
        _gap = random.Next(2) == 0 ? 1 : 3;
        _end = random.Next(3) == 0 ? "\r\n" : "\n";
    }

    public static (string Messy, string Neat) Write(int seed, int size)
    {
        var yaml = new MessyYaml(new Random(seed), size);
        yaml.Line("base:" + new string(' ', yaml._gap) + "&base x", "base: &base x");
        yaml.Mapping(0, 0, 0, "", "");
        return (yaml._messy.ToString(), yaml._neat.ToString());
    }

    // The first key follows what stands on the line already: a dash.
    private void Mapping(int depth, int messy, int neat, string messyLead, string neatLead)
    {
        for (var left = _random.Next(1, depth == 0 ? 7 : 4); left > 0; left--)
        {
            if (messyLead.Length == 0)
            {
                Above(messy, neat);
            }

            var key = "k" + _names++ + (_random.Next(3) == 0 ? " long key" : "");
            var before = new string(' ', _random.Next(3) == 0 ? _random.Next(3) : 0);
            var head = Lead(messyLead, messy) + key + before + ":";
            var neatHead = Lead(neatLead, neat) + key + ":";
            Value(depth, head, neatHead, messy, neat, _size, isFlushAllowed: true);
            (messyLead, neatLead) = ("", "");
        }
    }

    private static string Lead(string lead, int column) => lead.Length > 0 ? lead : new string(' ', column);

    private void Value(int depth, string head, string neatHead, int messy, int neat, int step, bool isFlushAllowed)
    {
        var inner = messy + _random.Next(isFlushAllowed ? 1 : 2, 7);
        switch (_random.Next(depth > 3 ? 5 : 9))
        {
            case 0 or 1 or 2:
                Line(head + new string(' ', _gap) + Pick(out var scalar), neatHead + " " + scalar);
                break;
            case 3:
                Line(head, neatHead);
                break;
            case 4:
                Block(head, neatHead, inner, neat + step);
                break;
            case 5 or 6:
                Line(head, neatHead);
                Mapping(depth + 1, inner, neat + step, "", "");
                break;
            default:
                var flush = isFlushAllowed && _random.Next(2) == 0;
                Line(head, neatHead);
                Sequence(depth + 1, flush ? messy : inner, flush ? neat : neat + step);
                break;
        }
    }

    private void Sequence(int depth, int messy, int neat)
    {
        for (var left = _random.Next(1, 4); left > 0; left--)
        {
            Above(messy, neat);
            var gap = _random.Next(1, 4);
            var dash = new string(' ', messy) + "-";
            var neatDash = new string(' ', neat) + "-";
            if (depth <= 3 && _random.Next(2) == 0)
            {
                Mapping(depth + 1, messy + 1 + gap, neat + 2, dash + new string(' ', gap), neatDash + " ");
            }
            else
            {
                Value(depth, dash, neatDash, messy, neat, 2, isFlushAllowed: false);
            }
        }
    }

    private void Block(string head, string neatHead, int messy, int neat)
    {
        var keeps = _random.Next(4) == 0;
        var mark = " " + (_random.Next(2) == 0 ? "|" : ">") + (keeps ? "+" : "");
        Line(head + mark, neatHead + mark);
        for (var left = _random.Next(1, 4); left > 0; left--)
        {
            var deeper = "text  # " + left + (_random.Next(3) == 0 ? "  " : "");
            _messy.Append(' ', messy).Append(deeper).Append(_end);
            _neat.Append(' ', neat).Append(deeper).Append(_end);
            if (left > 1 && _random.Next(3) == 0)
            {
                _messy.Append(' ', _random.Next(messy)).Append(_end);
                _neat.Append(_end);
            }
            else if (left > 1 && _random.Next(3) == 0)
            {
                _messy.Append(' ', messy + 3).Append("more").Append(_end);
                _neat.Append(' ', neat + 3).Append("more").Append(_end);
            }
        }

        _blankIsText = keeps;
    }

    // Blank lines and comments above an entry.
    private void Above(int messy, int neat)
    {
        if (_messy.Length > 0 && !_blankIsText && _random.Next(4) == 0)
        {
            for (var left = _random.Next(1, 4); left > 0; left--)
            {
                _messy.Append(' ', _random.Next(3) == 0 ? 1 : 0).Append(_end);
            }

            _neat.Append(_end);
        }

        if (_random.Next(4) == 0)
        {
            Line(new string(' ', messy) + "# note", new string(' ', neat) + "# note");
        }

        _blankIsText = false;
    }

    private void Line(string messy, string neat)
    {
        _messy.Append(messy).Append(' ', _random.Next(4) == 0 ? 2 : 0).Append(_end);
        _neat.Append(neat).Append(_end);
    }

    private string Pick(out string scalar) => scalar = Scalars[_random.Next(Scalars.Length)];
}
