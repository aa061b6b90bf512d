using System.Text;

namespace StoryLsp.Index.Storage;

/// <summary>
/// Gives one string for equal short texts, so that the types, names and ids of thousands of documents are kept once. It forgets: a slot
/// holds the last text that fell on it. Safe for use by several threads without a lock, as a slot is one reference.
/// </summary>
internal sealed class StringPool
{
    private const int LongestPooled = 64;

    private readonly string?[] _slots = new string?[1 << 15];

    /// <summary>The string of a text in UTF-8.</summary>
    public string Get(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > LongestPooled)
        {
            return Encoding.UTF8.GetString(utf8);
        }

        Span<char> buffer = stackalloc char[LongestPooled];
        return Get(buffer[..Encoding.UTF8.GetChars(utf8, buffer)]);
    }

    /// <summary>The string of a text.</summary>
    public string Get(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
        {
            return "";
        }

        ref var slot = ref _slots[string.GetHashCode(text) & (_slots.Length - 1)];
        var held = slot;
        if (held is not null && text.SequenceEqual(held))
        {
            return held;
        }

        var result = text.ToString();
        slot = result;
        return result;
    }
}
