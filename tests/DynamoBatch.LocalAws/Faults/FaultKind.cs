namespace DynamoBatch.LocalAws.Faults;

/// <summary>What can go wrong with one request. "Before" and "after" are of its effect on the table.</summary>
public enum FaultKind
{
    /// <summary>Nothing: forwarded and answered.</summary>
    None,

    /// <summary>A share of the items is not written and comes back in UnprocessedItems (BatchGetItem: UnprocessedKeys). 200.</summary>
    UnprocessedSome,

    /// <summary>No item is written and all come back in UnprocessedItems. 200.</summary>
    UnprocessedAll,

    /// <summary>
    /// Throttled whole: ProvisionedThroughputExceededException or ThrottlingException with its reasons. 400.
    /// Of the control plane: ThrottlingException, Rate exceeded.
    /// </summary>
    Throttled,

    /// <summary>BatchExecuteStatement: a share of the statements is not executed and fails with ThrottlingError inside a 200 (ProvisionedThroughputExceeded where the reason says so).</summary>
    StatementsThrottled,

    /// <summary>InternalServerError, nothing written.</summary>
    Error500Before,

    /// <summary>InternalServerError, everything written.</summary>
    Error500After,

    /// <summary>InternalServerError, a share of a batch written (other operations: as after).</summary>
    Error500Midway,

    /// <summary>ServiceUnavailable, nothing written.</summary>
    Error503Before,

    /// <summary>ServiceUnavailable, everything written.</summary>
    Error503After,

    /// <summary>ServiceUnavailable, a share of a batch written (other operations: as after).</summary>
    Error503Midway,

    /// <summary>The connection is cut, nothing written.</summary>
    CutBefore,

    /// <summary>The connection is cut, everything written.</summary>
    CutAfter,

    /// <summary>The connection is cut, a share of a batch written (other operations: as after).</summary>
    CutMidway,

    /// <summary>Everything written; the answer stops in the middle of its body, short of its Content-Length.</summary>
    TruncatedAnswer,

    /// <summary>Everything written; a complete answer of half the body, whose checksum does not fit.</summary>
    GarbledAnswer,

    /// <summary>The connection is cut at once; the write lands later.</summary>
    LateCut,

    /// <summary>InternalServerError at once; the write lands later.</summary>
    LateError500,

    /// <summary>Never answered; the write lands later.</summary>
    LateHang,

    /// <summary>Never answered, nothing written.</summary>
    Hang,

    /// <summary>Never answered, everything written.</summary>
    HangAfter,

    /// <summary>AccessDeniedException.</summary>
    AccessDenied,

    /// <summary>ExpiredTokenException.</summary>
    ExpiredToken,

    /// <summary>UnrecognizedClientException.</summary>
    UnrecognizedClient,

    /// <summary>BatchExecuteStatement: a share of the statements is not executed and fails with InternalServerError inside a 200.</summary>
    StatementsError500Before,

    /// <summary>BatchExecuteStatement: all statements are executed, and a share says InternalServerError inside a 200.</summary>
    StatementsError500After,

    /// <summary>BatchExecuteStatement: a share of the statements is not executed and fails with AccessDenied inside a 200.</summary>
    StatementsDenied,

    /// <summary>
    /// Another transaction has an item, nothing written: TransactionConflictException; of TransactWriteItems TransactionCanceledException with that
    /// reason; of BatchExecuteStatement a share of the statements fails with TransactionConflict inside a 200.
    /// </summary>
    TransactionConflict,

    /// <summary>TransactWriteItems: TransactionCanceledException whose reason is a throttle (other operations: as Throttled).</summary>
    TransactionThrottled,

    /// <summary>TransactionInProgressException, nothing written: the same ClientRequestToken is at work.</summary>
    TransactionInProgress,

    /// <summary>LimitExceededException, nothing done: too many operations of the control plane at once.</summary>
    LimitExceeded,

    /// <summary>ResourceInUseException, nothing done.</summary>
    ResourceInUse,
}
