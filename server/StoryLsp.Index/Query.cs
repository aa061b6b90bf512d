namespace StoryLsp.Index;

/// <summary>What a question gave.</summary>
/// <param name="Columns">The names of the columns.</param>
/// <param name="Rows">The rows; a value is a <see cref="long"/>, a <see cref="double"/>, a <see cref="string"/>, a byte array or null.</param>
public sealed record QueryResult(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<object?>> Rows);

/// <summary>A table that a question may use beside those of the index; it is there for that question alone.</summary>
/// <param name="Name">Its name, a plain identifier.</param>
/// <param name="Columns">The names of its columns, plain identifiers.</param>
/// <param name="Rows">Its rows; a value is a number, a string or null.</param>
public sealed record QueryTable(string Name, IReadOnlyList<string> Columns, IEnumerable<IReadOnlyList<object?>> Rows);

/// <summary>A question that cannot be answered; the message is one line for the person who asked.</summary>
public sealed class QueryException : Exception
{
    /// <summary>Makes one with its message.</summary>
    public QueryException(string message)
        : base(message)
    {
    }

    /// <summary>Makes one with its message and cause.</summary>
    public QueryException(string message, Exception cause)
        : base(message, cause)
    {
    }

    /// <summary>Makes one without a message.</summary>
    public QueryException()
    {
    }
}
