namespace StoryLsp.Continuity.Timeline;

/// <summary>Finds a minimal part of many things that still has a property which more things never take away (Junker, "QuickXplain", 2004).</summary>
internal static class MinimalSet
{
    /// <summary>The part: without any one of its items the property is gone. Items in front are preferred.</summary>
    /// <param name="items">All items; together they have the property.</param>
    /// <param name="holds">Whether some items have the property.</param>
    public static IReadOnlyList<T> Of<T>(IReadOnlyList<T> items, Func<IReadOnlyList<T>, bool> holds) =>
        holds([]) ? [] : Needed([], false, items, holds);

    private static IReadOnlyList<T> Needed<T>(IReadOnlyList<T> given, bool isNew, IReadOnlyList<T> items, Func<IReadOnlyList<T>, bool> holds)
    {
        if (isNew && holds(given))
        {
            return [];
        }

        if (items.Count <= 1)
        {
            return items;
        }

        var half = items.Count / 2;
        IReadOnlyList<T> front = [.. items.Take(half)];
        IReadOnlyList<T> back = [.. items.Skip(half)];
        var neededBack = Needed([.. given, .. front], true, back, holds);
        var neededFront = Needed([.. given, .. neededBack], neededBack.Count > 0, front, holds);
        return [.. neededFront, .. neededBack];
    }
}
