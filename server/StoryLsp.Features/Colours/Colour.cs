using System.Globalization;
using Named = System.Drawing.Color;

namespace StoryLsp.Features.Colours;

/// <summary>How a colour is written.</summary>
public enum ColourForm
{
    /// <summary><c>#8b1a1a</c>, or with eight digits <c>#8b1a1a80</c></summary>
    Hex,

    /// <summary><c>firebrick</c></summary>
    Name,

    /// <summary><c>rgb(139, 26, 26)</c>, or with opacity <c>rgba(139, 26, 26, 0.5)</c></summary>
    Rgb,
}

/// <summary>A colour, each part from 0 to 255, as the Web writes them (CSS Color Module Level 4: hexadecimal, named, and <c>rgb()</c> with commas).</summary>
/// <param name="Red">Red.</param>
/// <param name="Green">Green.</param>
/// <param name="Blue">Blue.</param>
/// <param name="Alpha">Opacity.</param>
public readonly record struct Colour(byte Red, byte Green, byte Blue, byte Alpha = 255)
{
    /// <summary>Reads a colour and how it is written; null where the text is none.</summary>
    public static (Colour Colour, ColourForm Form)? Parse(string text)
    {
        text = text.Trim();
        return Hex(text) is { } hex ? (hex, ColourForm.Hex) : Rgb(text) is { } rgb ? (rgb, ColourForm.Rgb) : OfName(text) is { } named ? (named, ColourForm.Name) : null;
    }

    /// <summary>The colour in a form; null where it has no name.</summary>
    public string? Write(ColourForm form) => form switch
    {
        ColourForm.Hex => string.Create(CultureInfo.InvariantCulture, $"#{Red:x2}{Green:x2}{Blue:x2}") + (Alpha == 255 ? "" : Alpha.ToString("x2", CultureInfo.InvariantCulture)),
        ColourForm.Rgb => Alpha == 255 ? FormattableString.Invariant($"rgb({Red}, {Green}, {Blue})") : FormattableString.Invariant($"rgba({Red}, {Green}, {Blue}, {Alpha / 255.0:0.##})"),
        _ => Name(),
    };

    private static Colour? Hex(string text)
    {
        if (text.Length is not (4 or 5 or 7 or 9) || text[0] != '#' || !text.AsSpan(1).ContainsOnlyHex())
        {
            return null;
        }

        var digits = text.Length > 5 ? text[1..] : string.Concat(text.Skip(1).Select(digit => new string(digit, 2)));
        return new(Part(digits, 0), Part(digits, 2), Part(digits, 4), digits.Length == 8 ? Part(digits, 6) : (byte)255);

        static byte Part(string digits, int at) => byte.Parse(digits.AsSpan(at, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
    }

    private static Colour? Rgb(string text)
    {
        var open = text.IndexOf('(', StringComparison.Ordinal);
        if (open < 0 || text[^1] != ')' || text[..open].ToLowerInvariant() is not ("rgb" or "rgba"))
        {
            return null;
        }

        var parts = text[(open + 1)..^1].Split(',', StringSplitOptions.TrimEntries);
        if (parts.Length is not (3 or 4) || !byte.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var red) ||
            !byte.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var green) || !byte.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var blue))
        {
            return null;
        }

        var alpha = 1.0;
        return parts.Length == 4 && !(double.TryParse(parts[3], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out alpha) && alpha is >= 0 and <= 1)
            ? null
            : new(red, green, blue, (byte)Math.Round(alpha * 255));
    }

    // The names of the Web are those of .NET, which writes gray alone and adds the colours of windows.
    private static Colour? OfName(string text) =>
        text.Length > 0 && text.All(char.IsAsciiLetter) && Named.FromName(text.Replace("grey", "gray", StringComparison.OrdinalIgnoreCase)) is { IsKnownColor: true, IsSystemColor: false } named
            ? new(named.R, named.G, named.B, named.A)
            : null;

    private string? Name()
    {
        foreach (var known in Enum.GetValues<System.Drawing.KnownColor>())
        {
            var named = Named.FromKnownColor(known);
            if (!named.IsSystemColor && (named.R, named.G, named.B, named.A) == (Red, Green, Blue, Alpha) && named.A == 255)
            {
                return named.Name.ToLowerInvariant();
            }
        }

        return null;
    }
}

internal static class HexDigits
{
    /// <summary>Whether all of a text are hexadecimal digits.</summary>
    public static bool ContainsOnlyHex(this ReadOnlySpan<char> text)
    {
        foreach (var unit in text)
        {
            if (!char.IsAsciiHexDigit(unit))
            {
                return false;
            }
        }

        return true;
    }
}
