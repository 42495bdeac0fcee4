/** Expressions a MongoDB server knows and this store refuses by name. */
export const UNSUPPORTED_EXPRESSIONS: ReadonlySet<string> = new Set(
  `$acos $acosh $asin $asinh $atan $atan2 $atanh $cos $cosh $sin $sinh $tan $tanh $degreesToRadians $radiansToDegrees
  $sigmoid $log $rand $sampleRate $function $accumulator $meta $toHashedIndexKey $tsSecond $tsIncrement $bsonSize
  $binarySize $bitAnd $bitOr $bitXor $bitNot $firstN $lastN $maxN $minN $median $percentile $stdDevPop $stdDevSamp
  $toUUID $toArray $toObject $const $allElementsTrue $anyElementTrue $indexOfBytes $substrBytes $substr $encStrContains
  $top $topN $bottom $bottomN $derivative $integral $covariancePop $covarianceSamp $rank $denseRank $documentNumber
  $expMovingAvg $locf $linearFill $shift $minMaxScaler $similarityDotProduct $similarityCosine $similarityEuclidean
  $createObjectId $hash $hexHash $serializeEJSON $deserializeEJSON`.split(/\s+/),
);
