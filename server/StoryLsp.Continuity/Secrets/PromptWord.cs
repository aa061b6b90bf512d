using System.Buffers;
using System.Globalization;
using System.Text;
using StoryLsp.Language.Text;

namespace StoryLsp.Continuity.Secrets;

/// <summary>A word of a prompt or of a secret: a run of letters and digits; in scripts without spaces each character.</summary>
/// <param name="Folded">The word without case, accents and characters that nobody sees.</param>
/// <param name="Span">Where it stands, in UTF-16 code units.</param>
/// <param name="Stands">Whether it is one character of a script without spaces.</param>
/// <param name="IsJoined">Whether nothing but a hyphen, a dot or the like stands between it and the word before, or both are single letters.</param>
internal readonly record struct PromptWord(string Folded, TextSpan Span, bool Stands, bool IsJoined)
{
    /// <summary>How much a word counts; twelve are a run that tells. Two characters of Chinese are somewhat more than one word.</summary>
    public int Weight => Stands ? 2 : 3;

    private const int LongestEntity = 10;
    private const int MostBetweenLetters = 3;

    // What splits a word without ending it.
    private static readonly SearchValues<char> Joints = SearchValues.Create("-‐‑‒._·•*~|/\\+=^`");

    private static readonly string[] Contractions = ["t", "d", "m", "ll", "re", "ve"];

    /// <summary>The words of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="cutsHumps">Whether a capital behind a small letter begins a word, as in <c>forgedWill</c>.</param>
    public static List<PromptWord> Of(string text, bool cutsHumps = false) => new Reader(text, cutsHumps).Read();

    /// <summary>Whether a capital stands behind a small letter anywhere.</summary>
    public static bool HasHumps(string text)
    {
        for (var i = 1; i < text.Length; i++)
        {
            if (char.IsUpper(text[i]) && char.IsLower(text[i - 1]))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The words, with those that are joined made into one; a long chain is cut.</summary>
    public static List<PromptWord> Merged(IReadOnlyList<PromptWord> words)
    {
        var result = new List<PromptWord>(words.Count);
        foreach (var word in words)
        {
            if (word.IsJoined && result.Count > 0 && result[^1] is { Stands: false, Folded.Length: < 400 } before)
            {
                result[^1] = before with { Folded = before.Folded + word.Folded, Span = TextSpan.FromBounds(before.Span.Start, word.Span.End) };
            }
            else
            {
                result.Add(word);
            }
        }

        return result;
    }

    private sealed class Reader(string text, bool cutsHumps)
    {
        private readonly List<PromptWord> _words = [];
        private readonly StringBuilder _word = new();
        private int _start;
        private int _end;

        public List<PromptWord> Read()
        {
            for (var i = 0; i < text.Length;)
            {
                var (rune, length) = At(i);
                if (SecretLetters.Of(rune) is { } folded)
                {
                    if (cutsHumps && i > 0 && char.IsUpper(text[i]) && char.IsLower(text[i - 1]))
                    {
                        Finish(false);
                    }

                    Add(folded, i, length, SecretLetters.Stands(rune.Value));
                }
                else if (_word.Length > 0 && rune.Value is '\'' or '\u2019' or '\u02BC' or '\uFF07' && Ending(i + length) is { } ending)
                {
                    length += ending.Length;
                    _word.Append(ending == "s" ? "" : ending);
                }
                else if (!SecretLetters.IsUnseen(rune))
                {
                    Finish(false);
                }

                i += length;
            }

            Finish(false);
            return _words;
        }

        private (Rune Rune, int Length) At(int index)
        {
            if (text[index] is '&' or '%' or '\\' && (text[index] == '&' ? Entity(index) : Escape(index)) is var (entity, size))
            {
                return (entity, size);
            }

            return Rune.DecodeFromUtf16(text.AsSpan(index), out var rune, out var length) == OperationStatus.Done ? (rune, length) : (Rune.ReplacementChar, 1);
        }

        private void Add(string folded, int index, int length, bool stands)
        {
            if (stands)
            {
                Finish(false);
                _start = index;
                _end = index + length;
                _word.Append(folded);
                Finish(true);
                return;
            }

            _start = _word.Length == 0 ? index : _start;
            _end = index + length;
            _word.Append(folded);
        }

        private void Finish(bool stands)
        {
            if (_word.Length > 0)
            {
                _words.Add(new(_word.ToString(), TextSpan.FromBounds(_start, _end), stands, _words.Count > 0 && !stands && IsJoinedTo(_words[^1])));
                _word.Clear();
            }
        }

        private bool IsJoinedTo(PromptWord before)
        {
            var gap = text.AsSpan(before.Span.End, _start - before.Span.End);
            var spaces = 0;
            var breaks = 0;
            var joints = 0;
            var others = 0;
            for (var i = 0; i < gap.Length; i++)
            {
                if (Joints.Contains(gap[i]))
                {
                    joints++;
                }
                else if (char.IsWhiteSpace(gap[i]))
                {
                    spaces++;
                    breaks += gap[i] is '\n' ? 1 : 0;
                }
                else if (!char.IsLowSurrogate(gap[i]) && !SecretLetters.IsUnseen(Rune.TryGetRuneAt(text, before.Span.End + i, out var rune) ? rune : Rune.ReplacementChar))
                {
                    others++;
                }
            }

            // Digits in groups of three are one number.
            if (gap.Length == 1 && gap[0] is ',' or '.' or '\'' or ' ' or '\u00A0' or '\u202F' && _word.Length == 3 && IsNumber(before.Folded) && IsNumber(_word.ToString()))
            {
                return gap[0] != ' ' || before.Folded.Length <= 3;
            }

            // `e.` at the end of a sentence is joined to nothing; `pu-` at the end of a line is.
            var isLetters = before.Folded.Length == 1 && _word.Length == 1;
            return isLetters ? breaks < 2 && others <= MostBetweenLetters : others > 0 ? false : spaces == 0 ? joints < 4 : joints == 1 && breaks == 1 && gap[0] is '-' or '\u2010';
        }

        private static bool IsNumber(string word) => word.All(char.IsAsciiDigit);

        // What addresses and JSON make of a character: `%20`, `\n`, `\u0072`.
        private (Rune Rune, int Length)? Escape(int index)
        {
            var next = index + 1 < text.Length ? text[index + 1] : '\0';
            if (text[index] == '\\' && next is 'n' or 'r' or 't')
            {
                return (new Rune('\n'), 2);
            }

            var (start, length) = text[index] == '%' ? (index + 1, 2) : next is 'u' ? (index + 2, 4) : (index + 2, next is 'x' ? 2 : 0);
            return length > 0 && start + length <= text.Length && int.TryParse(text.AsSpan(start, length), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value) &&
                Rune.IsValid(value) && (length == 4 || value < 128) ? (new Rune(value), start + length - index) : null;
        }

        private string? Ending(int index)
        {
            var end = index;
            while (end < text.Length && end - index < 3 && char.IsAsciiLetter(text[end]))
            {
                end++;
            }

            var ending = text[index..end].ToLowerInvariant();
            return (end == text.Length || !char.IsLetter(text[end])) && (ending == "s" || Contractions.Contains(ending)) ? ending : null;
        }

        private (Rune Rune, int Length)? Entity(int index)
        {
            var end = text.AsSpan(index, Math.Min(LongestEntity, text.Length - index)).IndexOf(';');
            if (end < 3)
            {
                return null;
            }

            var name = text.AsSpan(index + 1, end - 1);
            var value = name[0] == '#'
                ? name[1] is 'x' or 'X'
                    ? int.TryParse(name[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var hex) ? hex : -1
                    : int.TryParse(name[1..], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1
                : name switch { "shy" => 0xAD, "zwj" => 0x200D, "zwnj" => 0x200C, "nbsp" => 0xA0, _ => -1 };
            return Rune.IsValid(value) ? (new Rune(value), end + 1) : null;
        }
    }
}
