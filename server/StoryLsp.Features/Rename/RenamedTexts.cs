using StoryLsp.Language.Text;

namespace StoryLsp.Features.Rename;

/// <summary>By which texts something was referred to, and by which it is now.</summary>
internal sealed class RenamedTexts
{
    private readonly List<(string Old, string Now)> _texts = [];

    /// <summary>Adds a text. Of several that differ in case alone the one that is written counts, else the first.</summary>
    public void Add(string? old, string? now)
    {
        if (!string.IsNullOrEmpty(old) && !string.IsNullOrEmpty(now) && old != now && !_texts.Exists(text => text.Old == old))
        {
            _texts.Add((old, now));
        }
    }

    /// <summary>What is to stand in the place of a text, in its case; null: it stays.</summary>
    public string? For(string written)
    {
        foreach (var (old, now) in _texts)
        {
            if (written == old)
            {
                return now;
            }
        }

        var key = NameKey.Of(written);
        foreach (var (old, now) in _texts)
        {
            if (NameKey.Of(old) == key)
            {
                return WrittenTargets.InCaseOf(written, old, now);
            }
        }

        return null;
    }
}
