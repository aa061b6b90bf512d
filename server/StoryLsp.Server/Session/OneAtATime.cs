namespace StoryLsp.Server.Session;

/// <summary>Work in the background of which one piece is under way at a time. What is begun meanwhile is done once more, however often it was begun.</summary>
internal sealed class OneAtATime(Func<Task> work)
{
    private readonly Lock _gate = new();
    private bool _isUnderWay;
    private bool _isWanted;

    /// <summary>Has the work done, now or as soon as the piece has ended that is under way.</summary>
    public void Begin()
    {
        lock (_gate)
        {
            _isWanted = true;
            if (_isUnderWay)
            {
                return;
            }

            _isUnderWay = true;
        }

        _ = Task.Run(RunAsync);
    }

    private async Task RunAsync()
    {
        while (true)
        {
            lock (_gate)
            {
                if (!_isWanted)
                {
                    _isUnderWay = false;
                    return;
                }

                _isWanted = false;
            }

            await work().ConfigureAwait(false);
        }
    }
}
